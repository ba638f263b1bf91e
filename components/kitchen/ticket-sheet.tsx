'use client';
// One ticket, large. Each dish can be marked, moved to another station, or declared sold out.
import { readerOf } from '../../server/protocol/readings.ts';
import { isExcerpted } from '../order/allergy-excerpt.ts';
import { ArrowRightLeft, Check, CheckCheck, CircleSlash, Flame, Square, SquareCheckBig } from 'lucide';
import { useState } from 'react';
import { mustSeeAtStation } from '../../server/protocol/rules/allergy-seen.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useSend } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Age, Button } from '../ui/index.ts';
import { BumpButton } from './bump-button.tsx';
import { useDishTag } from '../sold-out/use-dish-tag.ts';
import { Sheet } from '../ui/sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';
import { howBegun, toBegin } from './starting.ts';
import { ticketsOf } from './station-tickets.ts';
import { isolated, isolatedList } from '../../server/protocol/rules/isolate.ts';
import { allergyMark, isAllergyNote, isInBand } from '../order/allergies.ts';
import { AllergyBand, AllergyMarks, Contains } from '../order/allergy-band.tsx';
import { SeeAllergy } from '../order/see-allergy.tsx';
import { ModifierList, UnreadParts } from '../order/modifier-list.tsx';
import { Name } from '../order/name.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { alsoAt, ticketPlaceWords } from './ticket-words.ts';

export function TicketSheet({ ticketId, actions, onClose }: BoardSheetProps) {
  const t = useTranslations('board');
  const common = useTranslations('common');
  const card = useBoard((view) => {
    for (const order of view.orders.values())
      if (order.tickets.some(({ id }) => id === ticketId))
        return ticketsOf(order).find(({ ticket }) => ticket.id === ticketId) ?? null;
    return null;
  });
  const stations = useBoard((view) => view.facts.stations);
  const asked = useBoard((view) => view.facts.allergySeen);
  const soldOut = useTranslations('soldOut');
  const tagOf = useDishTag();
  const send = useSend();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  if (!card)
    return (
      <Sheet title={t('ticket.title')} onClose={onClose}>
        <p className="p-8 text-center text-[1.25rem] text-muted">{t('ticket.gone')}</p>
      </Sheet>
    );

  const { order, ticket, lines } = card;
  const movable = lines.filter(
    (line) =>
      line.ticketId === ticket.id &&
      !line.voided &&
      (line.state === 'waiting' || line.state === 'cooking' || line.state === 'held'),
  );
  const chosen = movable.filter(({ id }) => marked.has(id));
  const others = stations.filter(({ id, retired }) => id !== ticket.stationId && !retired);
  const toggle = (id: string) =>
    setMarked((ids) => (ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : new Set([...ids, id])));
  const move = async (stationId: string) => {
    setMarked(new Set());
    const { outcome } = await send({
      kind: 'transfer',
      orderId: order.id,
      lineIds: chosen.map(({ id }) => id),
      stationId,
    });
    if (outcome !== 'done' || chosen.length === movable.length) onClose();
  };
  const open = ticket.state === 'open' && card.state !== 'canceled';
  const mustSee = asked && mustSeeAtStation(order, ticket.id, readerOf(order));
  const foot = (
    <div className="flex flex-wrap gap-2">
      {chosen.length > 0 ? (
        <>
          <span className="flex min-h-16 items-center gap-2 px-2 text-[1.25rem] font-semibold">
            <Icon of={ArrowRightLeft} className="size-6" />
            {t('ticket.moveTo', { count: chosen.length })}
          </span>
          {others.map(({ id, name }) => (
            <Button key={id} tone="info" data-action="transfer" data-station={name} onClick={() => void move(id)}>
              {name}
            </Button>
          ))}
        </>
      ) : (
        <>
          {toBegin(card).length > 0 && howBegun(card, stations).mode !== 'off' && (
            <Button data-action="start" onClick={() => actions.begin(card)}>
              <Icon of={Flame} className="size-6" strokeWidth={2.5} />
              {t('begin')}
            </Button>
          )}
          {mustSee && open ? (
            <SeeAllergy
              order={order}
              ticketId={ticket.id}
              className="flex min-h-16 flex-1 items-center justify-center gap-2.5 rounded-xl px-5 text-[1.25rem]"
            />
          ) : (
            <BumpButton
              disabled={!open}
              className="flex min-h-16 flex-1 items-center justify-center gap-2.5 rounded-xl bg-ready-fill px-5 text-[1.25rem] font-bold text-on-ready active:brightness-125 disabled:opacity-40"
              onBump={() => {
                actions.bump(card);
                onClose();
              }}
            >
              {(again) => (
                <>
                  <Icon of={CheckCheck} className="size-7" />
                  {t(again ? 'tapAgain' : 'bump')}
                </>
              )}
            </BumpButton>
          )}
        </>
      )}
    </div>
  );
  return (
    <Sheet title={`${isolated(order.number)} · ${ticketPlaceWords(t, order)}`} onClose={onClose} foot={foot}>
      <p className="flex flex-wrap gap-x-4 border-b border-line px-5 py-2 text-[1.125rem] text-muted">
        <Age since={card.firedAt} className="font-bold text-text" />
        {alsoAt(order, ticket.stationId, stations).length > 0 && (
          <span>{t('alsoAt', { stations: isolatedList(alsoAt(order, ticket.stationId, stations)) })}</span>
        )}
        {order.note && (!isInBand(order) || isExcerpted(order.note, readerOf(order))) && (
          <span className="min-w-0 font-medium whitespace-pre-line text-text italic wrap-anywhere">
            “<bdi>{order.note}</bdi>”
          </span>
        )}
      </p>
      <AllergyBand order={order} ticketId={ticket.id} lines={lines} className="px-5 text-[1.25rem] leading-7" />
      <ul>
        {lines.map((line) => {
          const ready = line.state === 'ready';
          const tappable = line.ticketId === ticket.id && !line.voided && open && line.state !== 'served';
          const tag = tagOf(line);
          const gone = tag?.gone ?? false;
          return (
            <li
              key={line.id}
              data-sheet-item-id={line.id}
              data-allergy={allergyMark(common, order, line)?.own || undefined}
              className="flex items-stretch gap-2 border-b border-line py-1 pr-3 last:border-0"
            >
              <button
                type="button"
                data-action="mark-line"
                disabled={!movable.includes(line) || !others.length}
                aria-pressed={marked.has(line.id)}
                aria-label={t('ticket.choose', { dish: line.name })}
                onClick={() => toggle(line.id)}
                className="grid size-16 shrink-0 place-items-center active:bg-press disabled:opacity-30"
              >
                {marked.has(line.id) ? (
                  <Icon of={SquareCheckBig} className="size-8 text-info" />
                ) : (
                  <Icon of={Square} aria-hidden className="size-8 text-muted" />
                )}
              </button>
              <button
                type="button"
                data-action="mark"
                disabled={!tappable}
                aria-pressed={ready}
                onClick={() => actions.mark(card)({ order, line, lines: [line], quantity: line.quantity, ticket })}
                className="flex min-h-16 min-w-0 flex-1 items-center gap-3 rounded-xl px-2 text-left active:bg-press"
              >
                <strong className="min-w-8 shrink-0 text-[1.5rem] tabular-nums">
                  {quantityWords(line.quantity, line.unit)}
                </strong>
                <span
                  className={`min-w-0 flex-1 text-[1.375rem] leading-7 font-semibold wrap-anywhere ${line.voided ? 'text-late line-through' : ready ? 'text-faint' : ''}`}
                >
                  <Name>{line.name}</Name>
                  {tag && !line.voided && (
                    <span className={`block text-[1.125rem] font-bold ${gone ? 'text-late' : 'text-warn'}`}>
                      {tag.words}
                    </span>
                  )}
                  <AllergyMarks order={order} line={line} className="text-[1.125rem]" />
                  <ModifierList
                    order={order}
                    line={line}
                    look={(effect) =>
                      `text-[1.125rem] ${effect === 'left-out' ? 'font-extrabold text-late' : effect === 'allergy' ? 'font-extrabold text-allergy' : 'text-warn'}`
                    }
                  />
                  <UnreadParts line={line} className="text-[1.125rem]" />
                  {line.note && (
                    <span
                      className={`block text-[1.125rem] whitespace-pre-line ${isAllergyNote(order, line) ? 'font-extrabold text-allergy' : 'font-normal italic'}`}
                    >
                      “<bdi>{line.note}</bdi>”
                    </span>
                  )}
                  <Contains order={order} line={line} className="text-[1rem] font-normal" />
                </span>
                {!line.voided && line.state === 'cooking' && (
                  <span data-cooking className="flex shrink-0 items-center gap-1.5 text-[1.125rem] font-bold text-info">
                    <Icon of={Flame} role="img" aria-label={t('spoken.cooking')} className="size-6" strokeWidth={2.5} />
                    {line.startedAt !== null && <Age since={line.startedAt} />}
                  </span>
                )}
                {ready && <Icon of={Check} className="size-8 shrink-0 text-ready" strokeWidth={3} />}
              </button>
              <Button
                data-action={gone ? 'available' : 'sold-out'}
                tone={gone ? 'late' : 'plain'}
                aria-pressed={gone}
                aria-label={soldOut('markDish', { dish: line.name })}
                className="shrink-0"
                onClick={() => void send({ kind: 'sold-out', dish: { sku: line.sku, name: line.name }, on: !gone })}
              >
                <Icon of={CircleSlash} className="size-6" />
                {soldOut('tag')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
