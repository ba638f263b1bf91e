'use client';
// Elements inside translated sentences: a clock, and bold words.
import type { ReactNode } from 'react';
import { AgeApart, Digits } from './index.ts';

/** @param least as of AgeApart */
export const clock =
  (since: number, className = '', least = '') =>
  (): ReactNode => <AgeApart since={since} className={className} least={least} />;

export const strong = (chunks: ReactNode): ReactNode => <strong className="text-text tabular-nums">{chunks}</strong>;

/** The same for a number that changes often. */
export const strongNumber = (chunks: ReactNode): ReactNode => (
  <strong className="text-text">
    <Digits>{String(chunks)}</Digits>
  </strong>
);
