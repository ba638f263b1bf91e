'use client';
// Who is late, by how much, since when, why, and the one thing to do: a table at a desk, a list of cards on a phone.
import { AlarmClock, Ban, Bell, CircleDashed, CloudOff, Flame, Hourglass, Layers, Pencil, RotateCw } from 'lucide-react';
import { useScreen } from '../live/index.ts';
import { cardState } from '../floor/floor-cards.ts';
import { placeOf } from '../floor/place.ts';
import { EmptyBoard, formatAge, formatTime } from '../ui/index.ts';
import { lateWords, missingWords } from './late-words.ts';
import type { LateRow, NowFigures } from './now-figures.ts';
import { Panel } from './panel.tsx';
import type { Why } from './why-late.ts';

/** Beyond this a list is not read any more, only counted. */
const SHOWN = 100;

export function DelayedOrders({ figures, now }: { figures: NowFigures; now: number }) {
  const { rows, delayed } = figures;
  const title = (
    <>
      <AlarmClock aria-hidden className="size-5" strokeWidth={2.5} /> Delayed orders
    </>
  );
  if (rows.length === 0) {
    return (
      <Panel title={title}>
        <div className="h-72">
          <EmptyBoard what="delayed" />
        </div>
      </Panel>
    );
  }
  return (
    <Panel title={title} aside={`${delayed} · longest first`}>
      <table className="w-full text-left text-[16px] tabular-nums max-md:block">
        <thead className="bg-bg text-[14px] text-muted max-md:hidden">
          <tr>
            {['Order', 'Where', 'Late', 'Since', 'Why', 'What is missing'].map((name) => (
              <th key={name} scope="col" className="px-3 py-2 font-semibold first:pl-4 last:pr-4">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {rows.slice(0, SHOWN).map((row) => (
            <Row key={row.order?.id ?? ''} row={row} now={now} />
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && <p className="border-t border-line px-4 py-3 text-[15px] font-semibold text-late">and {rows.length - SHOWN} more, less late than these</p>}
    </Panel>
  );
}

function Row({ row: { order, late }, now }: { row: LateRow; now: number }) {
  const { timeZone } = useScreen().restaurant;
  const clock = (at: number) => formatTime(at, timeZone);
  const { why, todo } = lateWords(late.why, now, { clock, span: formatAge });
  const missing = missingWords(late);
  const number = order?.number ?? 'New orders';
  const cell = 'px-3 py-2.5 align-top max-md:block max-md:p-0 md:first:pl-4 md:last:pr-4';
  return (
    <tr
      {...(order === null ? {} : { 'data-order-id': order.id, 'data-state': cardState(order), 'aria-label': `Order ${order.number}, ${placeOf(order)}, ${why}` })}
      data-where={late.where}
      data-why={late.why.kind}
      className="border-t border-line max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3"
    >
      <td className={`${cell} max-w-40 truncate font-bold md:w-px md:pr-5 max-md:max-w-none`} title={number}>
        {number}
        {order !== null && <span className="pl-2 font-normal text-muted md:hidden">{placeOf(order)}</span>}
      </td>
      <td className={`${cell} max-w-36 truncate md:w-px md:pr-5 max-md:hidden`}>{order === null ? 'Pipeline' : placeOf(order)}</td>
      <td className={`${cell} font-bold whitespace-nowrap text-late md:w-px`}>{formatAge(now - late.since)}</td>
      <td className={`${cell} w-px whitespace-nowrap text-muted max-md:hidden`}>{clock(late.since)}</td>
      <td className={`${cell} md:w-72 md:min-w-72 min-[1400px]:min-w-88 max-md:col-span-2`}>
        <WhyChip kind={late.why.kind} text={why} />
        <span className="block pt-1 text-[14px] leading-5 text-muted">{todo}</span>
      </td>
      <td className={`${cell} break-words max-md:col-span-2 max-md:text-[15px] max-md:text-muted`}>
        <span className="line-clamp-3" title={missing}>
          {missing}
        </span>
      </td>
    </tr>
  );
}

const looks: Record<Why['kind'], [typeof Ban, string]> = {
  overloaded: [Layers, 'bg-late-soft text-late'],
  'change-not-seen': [Pencil, 'bg-warn-soft text-warn'],
  'not-picked-up': [Bell, 'bg-info-soft text-info'],
  'cancel-not-seen': [Ban, 'bg-late-soft text-late'],
  cooking: [Flame, 'bg-warn-soft text-warn'],
  'not-started': [CircleDashed, 'bg-head text-text'],
  'order-service-down': [CloudOff, 'bg-late-soft text-late'],
  parked: [RotateCw, 'bg-warn-soft text-warn'],
  'behind-in-kafka': [Hourglass, 'bg-warn-soft text-warn'],
};

function WhyChip({ kind, text }: { kind: Why['kind']; text: string }) {
  const [Icon, look] = looks[kind];
  return (
    <span className={`inline-flex items-center gap-2 rounded-lg px-2.5 py-1 text-[15px] leading-5 font-bold ${look}`}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={2.5} />
      {text}
    </span>
  );
}
