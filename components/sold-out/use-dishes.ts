'use client';
// The dishes that can be marked: those on this screen, and those that the restaurant has cooked lately, which the
// server tells when the list is opened. There is no menu.
import { useEffect, useMemo, useState } from 'react';
import { DishesResult } from '../../server/protocol/dishes.ts';
import type { NamedDish } from '../../server/protocol/rules/sold-out.ts';
import { useBoard, useStore } from '../live/index.ts';
import { eachOnce } from './dish-list.ts';

/** Marked dishes first. The rows stay as they were when the list was opened; what comes later stands below them. */
export function useDishes(mayMark: boolean): NamedDish[] {
  const store = useStore();
  const marks = useBoard((view) => view.facts.soldOut);
  const [atFirst] = useState(() => {
    const { facts, orders } = store.view();
    const ordered = [...orders.values()].flatMap(({ lines }) => lines);
    ordered.sort((a, b) => a.name.localeCompare(b.name));
    return eachOnce(facts.soldOut, mayMark ? ordered : []);
  });
  const [cooked, setCooked] = useState<readonly NamedDish[]>([]);
  useEffect(() => {
    if (!mayMark) return undefined;
    let current = true;
    store.ask({ type: 'dishes' }).then(
      (answer) => {
        const result = DishesResult.safeParse(answer);
        if (current && result.success && result.data.outcome === 'dishes') setCooked(result.data.dishes);
      },
      // Without the server's list there are those on this screen, and any name that is typed.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [store, mayMark]);
  return useMemo(() => eachOnce(atFirst, marks, cooked), [atFirst, marks, cooked]);
}
