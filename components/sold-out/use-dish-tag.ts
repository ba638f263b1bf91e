'use client';
// The tag at a dish that is sold out, or is counted ("3 left").
import { useCallback } from 'react';
import { isGone, markOf, type NamedDish } from '../../server/protocol/rules/sold-out.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen } from '../live/index.ts';
import { tagWords, type Telling } from './mark-words.ts';

export interface DishTag {
  /** There is none of it. */
  readonly gone: boolean;
  readonly words: string;
}

export function useTelling(): Telling {
  const t = useTranslations('soldOut');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  return { t, times, timeZone };
}

/** @returns the tag of a dish; null where it has none */
export function useDishTag(): (dish: NamedDish) => DishTag | null {
  const marks = useBoard((view) => view.facts.soldOut);
  const { t, times, timeZone } = useTelling();
  return useCallback(
    (dish) => {
      const mark = marks.length ? markOf(dish, marks) : null;
      return mark && { gone: isGone(mark), words: tagWords({ t, times, timeZone }, mark) };
    },
    [marks, t, times, timeZone],
  );
}
