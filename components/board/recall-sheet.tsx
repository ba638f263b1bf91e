'use client';
// What was bumped lately, and one tap to have it back in its old place with its old clock. The rows stay as they were when the list
// was opened: one that left would put the next under the finger.
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useBoard, useSend } from '../live/index.ts';
import { Age, Button, TimeOfDay } from '../ui/index.ts';
import { Sheet } from '../ui/sheet.tsx';
import { bumpedTickets, ticketsOf, type StationTicket } from './station-tickets.ts';
import { placeWords } from './ticket-words.ts';

const SHOWN = 40;

export function RecallSheet({ stationId, onClose }: { stationId: string | null; onClose: () => void }) {
  const orders = useBoard((view) => view.orders);
  const send = useSend();
  const [opened] = useState(() => bumpedTickets(orders, stationId, SHOWN));
  const tickets = opened.map((was) => ticketsOf(orders.get(was.order.id) ?? was.order).find(({ ticket }) => ticket.id === was.ticket.id) ?? was);
  const recall = async ({ order, ticket }: StationTicket) => {
    const { outcome } = await send({ kind: 'recall', orderId: order.id, ticketId: ticket.id });
    // Why it was not possible is said above the foot of the board, which this list hides.
    if (outcome !== 'done') onClose();
  };
  return (
    <Sheet title="Recall" onClose={onClose}>
      {!tickets.length && <p className="p-8 text-center text-[20px] text-muted">Nothing has been bumped yet.</p>}
      <ul>
        {tickets.map((card) => (
          <li key={card.ticket.id} data-recall-order-id={card.order.id} className="flex items-center gap-4 border-b border-line py-2 pr-3 pl-5 last:border-0">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-3 text-[18px] text-muted">
                <strong className="text-[24px] text-text wrap-anywhere">{card.order.number}</strong>
                <span className="font-semibold text-text">{placeWords(card.order)}</span>
                {card.bumpedAt > 0 && (
                  <span>
                    bumped <TimeOfDay at={card.bumpedAt} /> · <Age since={card.bumpedAt} /> ago
                  </span>
                )}
              </p>
              <p className="truncate text-[18px] text-muted">{card.lines.map((line) => `${line.quantity} ${line.name}`).join(', ')}</p>
            </div>
            {card.ticket.state === 'bumped' ? (
              <Button data-action="recall" onClick={() => void recall(card)}>
                <Undo2 aria-hidden className="size-6" />
                Recall
              </Button>
            ) : (
              <span className="flex min-h-16 items-center gap-2 px-5 text-[18px] font-bold text-ready">
                <Check aria-hidden className="size-6" strokeWidth={3} />
                On the board
              </span>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
