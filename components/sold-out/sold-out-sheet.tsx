'use client';
// The sheet of sold-out dishes ("86"). It lists them, with how many are left and until when. Kitchen and pass mark
// dishes here, also those that are on no ticket; waiters only read.
import { useState } from 'react';
import type { NamedDish } from '../../server/protocol/rules/sold-out.ts';
import { markOf } from '../../server/protocol/rules/sold-out.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useSend } from '../live/index.ts';
import { Form } from '../ui/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import { matching } from './dish-list.ts';
import { DishRow } from './dish-row.tsx';
import { useDishes } from './use-dishes.ts';

/** More are found by their name. */
const SHOWN = 60;
const MAX_NAME = 200;
const field =
  'w-full rounded-xl border-2 border-line bg-bg px-4 font-semibold placeholder:font-medium placeholder:text-muted';
const heights = { kitchen: 'min-h-16 text-[1.375rem]', floor: 'min-h-13 text-[1.125rem]' };

export interface SoldOutSheetProps {
  readonly mayMark: boolean;
  /** The height of its buttons: 64 px in the kitchen, 52 px elsewhere. */
  readonly size: 'kitchen' | 'floor';
  readonly onClose: () => void;
}

export function SoldOutSheet({ mayMark, size, onClose }: SoldOutSheetProps) {
  const t = useTranslations('soldOut');
  const marks = useBoard((view) => view.facts.soldOut);
  const send = useSend();
  const all = useDishes(mayMark);
  const [text, setText] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const listed = mayMark ? matching(all, text) : all.filter((dish) => markOf(dish, marks));
  const change = (dish: NamedDish, asked: { on: boolean; until?: string | null; left?: number | null }) =>
    void send({ kind: 'sold-out', dish, ...asked });
  /** Enter marks the one dish that is meant, and none where several could be. */
  const submit = () => {
    const only = listed[0];
    if (!text.trim() || listed.length !== 1 || !only) return;
    change(only, { on: true });
    setText('');
  };
  return (
    <Sheet title={t('title')} onClose={onClose}>
      {mayMark && (
        <Form role="search" className="sticky top-0 z-10 border-b border-line bg-panel p-3" onSubmit={submit}>
          <label className="block">
            <span className="sr-only">{t('search')}</span>
            <input
              type="search"
              enterKeyHint="done"
              autoComplete="off"
              spellCheck={false}
              maxLength={MAX_NAME}
              value={text}
              onChange={(event) => setText(event.target.value)}
              placeholder={t('search')}
              className={`${field} ${heights[size]}`}
            />
          </label>
        </Form>
      )}
      {!listed.length && <p className="p-8 text-center text-[1.25rem] text-muted">{t(mayMark ? 'noMatch' : 'none')}</p>}
      <ul>
        {listed.slice(0, SHOWN).map((dish) => (
          <DishRow
            key={`${dish.sku} ${dish.name}`}
            dish={dish}
            mark={markOf(dish, marks)}
            mayMark={mayMark}
            size={size}
            opened={opened === dish.name}
            onOpen={() => setOpened(opened === dish.name ? null : dish.name)}
            onChange={(asked) => change(dish, asked)}
          />
        ))}
      </ul>
    </Sheet>
  );
}
