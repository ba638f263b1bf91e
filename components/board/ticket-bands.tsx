'use client';
// The bands between a card's header and its lines: what is known of the order, the allergy warning, and what changed unseen.
import { PencilLine, TriangleAlert, X, Zap } from 'lucide-react';
import { useBoard, useScreen } from '../live/index.ts';
import { formatTime } from '../ui/index.ts';
import type { StationTicket } from './station-tickets.ts';
import { allergensOf, alsoAt, changeWords, subWords } from './ticket-words.ts';

export function SubBand({ card }: { card: StationTicket }) {
  const { order, ticket } = card;
  const { timeZone } = useScreen().restaurant;
  const stations = useBoard((view) => view.facts.stations);
  const words = subWords(order, (at) => formatTime(Date.parse(at), timeZone)).join(' · ');
  const others = alsoAt(order, ticket.stationId, stations);
  const rush = order.priority === 'RUSH';
  if (!rush && !words && !others.length && !order.note) return null;
  return (
    <div className="px-3.5 py-0.5 text-[16px] leading-[26px] text-muted">
      <p className="flex flex-wrap items-center gap-x-2.5">
        {rush && (
          <strong className="inline-flex items-center gap-1 rounded-md bg-text px-2 text-[17px] font-extrabold text-bg">
            <Zap aria-hidden className="size-4 fill-current" />
            RUSH
          </strong>
        )}
        {words && <span>{words}</span>}
        {others.length > 0 && <span>also at: {others.join(', ')}</span>}
      </p>
      {order.note && <p className="text-[18px] text-text italic wrap-anywhere">“{order.note}”</p>}
    </div>
  );
}

export function AllergyBand({ card }: { card: StationTicket }) {
  const allergens = card.state === 'canceled' ? [] : allergensOf(card.lines);
  if (!allergens.length) return null;
  return (
    <p className="flex items-center gap-2.5 border-y-3 border-allergy bg-allergy-fill px-3.5 py-1 text-[19px] leading-6 font-extrabold text-on-allergy wrap-anywhere">
      <TriangleAlert aria-hidden className="size-6 shrink-0" strokeWidth={2.5} />
      ALLERGY: {allergens.join(', ')}
    </p>
  );
}

export function ChangeBand({ card, onSeen }: { card: StationTicket; onSeen: () => void }) {
  if (card.state === 'canceled') {
    return (
      <p className="flex items-center justify-center gap-2.5 bg-late-deep px-4 py-3 text-[24px] leading-8 font-extrabold tracking-wide text-white">
        <X aria-hidden className="size-8" strokeWidth={3.5} />
        CANCELLED
      </p>
    );
  }
  if (!card.flagged) return null;
  return (
    <div className="flex items-stretch gap-2 bg-warn-soft p-1 pl-3.5 text-warn">
      <span className="flex min-w-0 flex-1 items-center gap-2 py-1 text-[17px] leading-[22px] font-bold">
        <PencilLine aria-hidden className="size-5 shrink-0" />
        <span className="min-w-0 wrap-anywhere">
          {changeWords(card).map((words) => (
            <span key={words} className="block">
              {words}
            </span>
          ))}
        </span>
      </span>
      <button type="button" data-action="acknowledge" onClick={onSeen} className="min-h-16 min-w-18 shrink-0 rounded-lg bg-warn-fill px-3.5 text-[19px] font-bold text-on-warn active:brightness-110">
        Seen
      </button>
    </div>
  );
}
