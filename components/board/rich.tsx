'use client';
// What stands in the gaps of sentences: a clock, a word that weighs more.
import type { ReactNode } from 'react';
import { Age } from '../ui/index.ts';

export const clock = (since: number, className = '') => (): ReactNode => <Age since={since} className={className} />;

export const strong = (chunks: ReactNode): ReactNode => <strong className="text-text tabular-nums">{chunks}</strong>;
