'use client';
// A ticket on the kitchen's board, or the part of it that fits one slot. Its age shows in three ways at once: the header's colour and
// stripes, the border, and the icon.
import { AlarmClock, ArrowRight, CheckCheck, ClockAlert, Eye, Pause } from 'lucide-react';
import { memo } from 'react';
import type { LineView } from '../../server/protocol/views.ts';
import { useClock, usePending, useSend } from '../live/index.ts';
import { Age } from '../ui/index.ts';
import type { StationTicket } from './station-tickets.ts';
import { AllergyBand, ChangeBand, SubBand } from './ticket-bands.tsx';
import { TicketLine } from './ticket-line.tsx';
import { cardName, placeWords } from './ticket-words.ts';
import { toneOf, type Tone } from './tone.ts';

export interface TicketCardProps {
  readonly card: StationTicket;
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  /** The slot of this page in which the ticket goes on; null where it does not, or goes on on the next page. */
  readonly nextSlot: number | null;
  readonly onBump: (card: StationTicket) => void;
}

const borders: Record<Tone, string> = { fresh: 'border-line', due: 'border-warn-fill', late: 'border-late-fill' };
const headers: Record<Tone, string> = { fresh: 'bg-head text-text', due: 'bg-warn-fill text-on-warn', late: 'bg-late-fill text-on-late stripes' };

export const TicketCard = memo(function TicketCard({ card, slot, from, to, nextSlot, onBump }: TicketCardProps) {
  const { order, ticket, lines, state, firedAt } = card;
  const send = useSend();
  const tone = useClock((now) => (now ? toneOf(now - firedAt) : 'fresh'));
  const pending = usePending(order.id);
  const target = { orderId: order.id, ticketId: ticket.id };
  const tapLine = (line: LineView) => void send({ kind: line.state === 'ready' ? 'recall' : 'bump', ...target, lineIds: [line.id] });
  const seen = () => void send({ kind: 'acknowledge', ...target });
  const canceled = state === 'canceled';
  const courses = new Set(lines.map((line) => line.course)).size > 1 || lines.some((line) => line.state === 'held');
  return (
    <article
      aria-label={cardName(card)}
      data-order-id={order.id}
      data-ticket-id={ticket.id}
      data-state={state}
      data-tone={tone}
      data-pending={pending || undefined}
      className={`flex flex-col overflow-hidden rounded-xl border-2 bg-card ${canceled ? 'border-late-deep' : borders[tone]} ${pending ? 'border-dashed' : ''}`}
    >
      <CardHeader card={card} slot={slot} tone={canceled ? 'fresh' : tone} continued={from > 0} />
      <SubBand card={card} />
      <AllergyBand card={card} />
      <ChangeBand card={card} onSeen={seen} />
      <ul data-lines>
        {lines.slice(from, to).map((line, index) => {
          const starts = courses && (line.course !== lines[from + index - 1]?.course || from + index === 0);
          const course = starts && line.course !== null ? `COURSE ${line.course} · ${line.state === 'held' ? 'HELD' : 'FIRED'}` : null;
          return <TicketLine key={line.id} line={line} course={course} showAllergens={lines.length > 1} canceled={canceled} onTap={tapLine} />;
        })}
      </ul>
      <CardFoot card={card} continues={to < lines.length} nextSlot={nextSlot} onBump={() => onBump(card)} onSeen={seen} />
    </article>
  );
});

function CardHeader({ card, slot, tone, continued }: { card: StationTicket; slot: number; tone: Tone; continued: boolean }) {
  const { order, firedAt } = card;
  const Icon = tone === 'late' ? AlarmClock : tone === 'due' ? ClockAlert : null;
  const number = order.number.length > 6 ? 'max-w-1/2 text-[20px] leading-6 wrap-anywhere line-clamp-2' : 'text-[30px] leading-9 whitespace-nowrap';
  return (
    <header className={`flex h-14 items-stretch gap-1.5 pr-3 ${headers[tone]}`}>
      <span aria-hidden className="grid w-7 shrink-0 place-items-center bg-black/15 text-[16px] font-bold tabular-nums">
        {slot}
      </span>
      <span className={`self-center font-extrabold tracking-tight ${number}`} title={order.number}>
        {order.number}
      </span>
      <span className="line-clamp-2 min-w-0 flex-1 self-center text-[15px] leading-[18px] font-bold tracking-tight wrap-break-word">
        {continued ? `${placeWords(order)} continued` : placeWords(order)}
      </span>
      <span className="flex shrink-0 items-center gap-1">
        {Icon && <Icon aria-hidden className="size-5" strokeWidth={2.5} />}
        <Age since={firedAt} className="text-[27px] leading-9 font-bold tracking-tight" />
      </span>
    </header>
  );
}

interface CardFootProps {
  readonly card: StationTicket;
  readonly continues: boolean;
  readonly nextSlot: number | null;
  readonly onBump: () => void;
  readonly onSeen: () => void;
}

function CardFoot({ card, continues, nextSlot, onBump, onSeen }: CardFootProps) {
  const base = 'flex min-h-16 w-full items-center justify-center gap-2.5 text-[22px] font-bold select-none';
  if (continues) {
    return (
      <p className={`${base} border-t border-line bg-head text-muted`}>
        {nextSlot === null ? 'Continues on the next page' : `Continues in slot ${nextSlot}`}
        <ArrowRight aria-hidden className="size-6" />
      </p>
    );
  }
  if (card.state === 'canceled' || card.ticket.state !== 'open') {
    return (
      <button type="button" data-action="acknowledge" onClick={onSeen} className={`${base} bg-warn-fill text-on-warn active:brightness-110`}>
        <Eye aria-hidden className="size-7" />
        Seen
      </button>
    );
  }
  if (card.state === 'held') {
    return (
      <p className={`${base} border-t border-line bg-head text-muted`}>
        <Pause aria-hidden className="size-6" />
        Held
      </p>
    );
  }
  return (
    <button type="button" data-action="bump" onClick={onBump} className={`${base} bg-ready-fill text-on-ready active:brightness-125`}>
      <CheckCheck aria-hidden className="size-7" />
      Bump
    </button>
  );
}
