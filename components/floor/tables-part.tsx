'use client';
// The choice of my tables: those with orders now, those chosen before, and any other by its name.
import { useMemo, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { useBoard } from '../live/index.ts';
import { Form, prefer, usePreferences } from '../ui/index.ts';
import { tableKey, tablesToChoose } from './my-tables.ts';
import { callTable } from '../order/place.ts';
import { SheetButton, ButtonRow, SheetPart } from './sheet-parts.tsx';

export function TablesPart() {
  const t = useTranslations('floor');
  const { tables } = usePreferences();
  const orders = useBoard((view) => view.orders);
  const all = useMemo(() => tablesToChoose(orders.values(), tables), [orders, tables]);
  const [typed, setTyped] = useState('');
  const mine = new Set(tables.map(tableKey));
  const toggle = (table: string) =>
    prefer({
      tables: mine.has(tableKey(table))
        ? tables.filter((other) => tableKey(other) !== tableKey(table))
        : [...tables, table],
    });
  return (
    <SheetPart title={t('tables.title')}>
      <p className="pb-2 text-[0.9375rem] text-muted">{t(tables.length === 0 ? 'tables.none' : 'tables.explain')}</p>
      <ButtonRow>
        {all.map((table) => (
          <SheetButton
            key={tableKey(table)}
            action="my-table"
            pressed={mine.has(tableKey(table))}
            onClick={() => toggle(table)}
          >
            {callTable(t, table)}
          </SheetButton>
        ))}
      </ButtonRow>
      <Form
        className="flex gap-2 pt-2"
        onSubmit={() => {
          const table = typed.trim();
          if (table !== '' && !mine.has(tableKey(table))) toggle(table);
          setTyped('');
        }}
      >
        <input
          aria-label={t('tables.add')}
          placeholder={t('tables.add')}
          value={typed}
          maxLength={60}
          onChange={(event) => setTyped(event.target.value)}
          className="min-h-13 min-w-0 flex-1 rounded-xl border border-line bg-card px-4 text-[1.0625rem] placeholder:text-muted"
        />
        <button
          type="submit"
          className="min-h-13 rounded-xl bg-head px-4 text-[1.0625rem] font-bold active:brightness-125"
        >
          {t('tables.addButton')}
        </button>
      </Form>
    </SheetPart>
  );
}
