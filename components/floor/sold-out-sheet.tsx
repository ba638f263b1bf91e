'use client';
// The sold-out dishes ("86"), each with its time and name. The pass marks dishes here; waiters only read.
import { Ban, Undo2 } from 'lucide';
import { useMemo, useState } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useBoard, useScreen, useSend } from '../live/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import { dishesOf } from './sheet-lines.tsx';
import { SheetButton, SheetPart } from './sheet-parts.tsx';

const SHOWN = 30;

export function FloorSoldOutSheet({ mayMark, onClose }: { mayMark: boolean; onClose: () => void }) {
  const t = useTranslations('floor.soldOut');
  const times = useTimes();
  const send = useSend();
  const soldOut = useBoard((view) => view.facts.soldOut);
  const { timeZone } = useScreen().restaurant;
  return (
    <Sheet title={t('title')} onClose={onClose}>
      <div className="grid gap-5 p-4">
        {soldOut.length === 0 && <p className="text-[1.0625rem] text-muted">{t('none')}</p>}
        <ul className="grid gap-2 empty:hidden">
          {soldOut.map(({ key, sku, name, at, by }) => (
            <li
              key={key}
              data-sold-out={key}
              className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line px-3.5 py-2"
            >
              <p className="min-w-40 flex-1 text-[1.0625rem] font-semibold [overflow-wrap:anywhere]">
                {t('since', { dish: name, time: times.time(Date.parse(at), timeZone) })}{' '}
                {by !== null && <span className="font-normal text-muted">{t('by', { by })}</span>}
              </p>
              {mayMark && (
                <SheetButton
                  icon={Undo2}
                  action="sell-again"
                  onClick={() => void send({ kind: 'sold-out', dish: { sku, name }, on: false })}
                >
                  {t('off')}
                </SheetButton>
              )}
            </li>
          ))}
        </ul>
        {mayMark && <Mark />}
      </div>
    </Sheet>
  );
}

/** Suggests dishes of the orders on this screen whose names match the typed text, and the typed text itself. */
function Mark() {
  const t = useTranslations('floor.soldOut');
  const send = useSend();
  const orders = useBoard((view) => view.orders);
  const soldOut = useBoard((view) => view.facts.soldOut);
  const [typed, setTyped] = useState('');
  const wanted = typed.trim();
  const dishes = useMemo(() => {
    const out = new Set(soldOut.map(({ key }) => key));
    return dishesOf(orders.values()).filter(
      ({ key, name }) => !out.has(key) && name.toLowerCase().includes(wanted.toLowerCase()),
    );
  }, [orders, soldOut, wanted]);
  const exact = dishes.some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const mark = (dish: { sku: string | null; name: string }) => {
    setTyped('');
    void send({ kind: 'sold-out', dish: { sku: dish.sku, name: dish.name }, on: true });
  };
  return (
    <SheetPart title={t('mark')}>
      <label className="block pb-2">
        <span className="sr-only">{t('search')}</span>
        <input
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t('search')}
          maxLength={200}
          className="min-h-13 w-full rounded-xl border border-line bg-card px-4 text-[1.0625rem] placeholder:text-muted"
        />
      </label>
      <div className="flex flex-wrap gap-2">
        {dishes.slice(0, SHOWN).map((dish) => (
          <SheetButton key={dish.key} icon={Ban} action="sold-out" onClick={() => mark(dish)}>
            <bdi>{dish.name}</bdi>
          </SheetButton>
        ))}
        {wanted !== '' && !exact && (
          <SheetButton icon={Ban} action="sold-out" onClick={() => mark({ sku: null, name: wanted })}>
            {wanted}
          </SheetButton>
        )}
      </div>
    </SheetPart>
  );
}
