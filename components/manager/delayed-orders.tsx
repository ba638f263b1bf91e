'use client';
// The late orders: by how much, since when, for which reason, and the one thing to do. A table at a desk, a list of
// cards on a phone.
import {
  AlarmClock,
  Ban,
  Bell,
  CircleDashed,
  CloudOff,
  Flame,
  Hourglass,
  Layers,
  MonitorX,
  Pause,
  Pencil,
  RotateCw,
  TriangleAlert,
} from 'lucide';
import Link from 'next/link';
import { useState } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { cardState } from '../order/cards.ts';
import { Icon } from '../ui/icon.tsx';
import { EmptyBoard } from '../ui/index.ts';
import { chosenRows, stationsOf, whysOf, type Chosen } from './delayed-choice.ts';
import { SelectField } from './fields.tsx';
import { lateWords, missingWords } from './late-words.ts';
import type { LateRow, NowFigures } from './now-figures.ts';
import { useManagerLink } from './manager-frame.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { Panel } from './panel.tsx';
import { placeWords } from './place-words.ts';
import { RowActions } from './row-actions.tsx';
import type { LateReason } from './why-late.ts';

/** A longer list is not read, only counted. */
const SHOWN = 100;
const everything: Chosen = { why: 'all', station: 'all', notes: 'all', sort: 'late' };

export function DelayedOrders({ figures, now, unknown }: { figures: NowFigures; now: number; unknown: number }) {
  const t = useTranslations('manager');
  const [chosen, setChosen] = useState(everything);
  const [noting, setNoting] = useState<string | null>(null);
  const choose = (more: Partial<Chosen>) => setChosen((held) => ({ ...held, ...more }));
  const rows = chosenRows(figures, chosen);
  const noted = noting === null ? null : (figures.rows.find(({ id }) => id === noting)?.order ?? null);
  const title = (
    <>
      <Icon of={AlarmClock} className="size-5" strokeWidth={2.5} /> {t('delayed.title')}
    </>
  );
  const all = (options: readonly (readonly [string, string])[]) => [['all', t('delayed.all')] as const, ...options];
  const choices = (
    <>
      <SelectField
        inline
        label={t('delayed.byWhy')}
        field="by-why"
        value={chosen.why}
        options={all(whysOf(figures).map((kind) => [kind, t(`whyShort.${kind}`)]))}
        onChange={(why) => choose({ why: why as Chosen['why'] })}
      />
      <SelectField
        inline
        label={t('delayed.byStation')}
        field="by-station"
        value={chosen.station}
        options={all(stationsOf(figures).map(({ id, name }) => [id, name]))}
        onChange={(station) => choose({ station })}
      />
      <SelectField
        inline
        label={t('delayed.byNote')}
        field="by-note"
        value={chosen.notes}
        options={[
          ['all', t('delayed.all')],
          ['without', t('delayed.notes.without')],
          ['with', t('delayed.notes.with')],
        ]}
        onChange={(notes) => choose({ notes })}
      />
      <SelectField
        inline
        label={t('delayed.sortBy')}
        field="sort-by"
        value={chosen.sort}
        options={[
          ['late', t('delayed.sort.late')],
          ['number', t('delayed.sort.number')],
          ['station', t('delayed.sort.station')],
        ]}
        onChange={(sort) => choose({ sort })}
      />
    </>
  );
  const count = figures.rows.length;
  const aside =
    rows.length === count
      ? t('delayed.aside', { shown: count, open: figures.open, sort: chosen.sort })
      : t('delayed.filtered', { shown: rows.length, count });
  return (
    <Panel title={title} {...(count > 0 && { aside, actions: choices })}>
      {count === 0 && (
        <div className="h-72">
          <EmptyBoard what="delayed" />
        </div>
      )}
      {count > 0 && rows.length === 0 && (
        <p className="px-4 py-6 text-[1rem] text-muted">{t('delayed.noMatch', { count })}</p>
      )}
      {rows.length > 0 && <Table rows={rows.slice(0, SHOWN)} now={now} onNote={setNoting} />}
      {rows.length > SHOWN && (
        <p className="border-t border-line px-4 py-3 text-[0.9375rem] font-semibold text-late">
          {t('delayed.more', { count: rows.length - SHOWN })}
        </p>
      )}
      {unknown > 0 && (
        <p data-unknown={unknown} className="border-t border-line px-4 py-3 text-[0.9375rem] font-semibold text-warn">
          {t('delayed.unknownToo', { count: unknown })}
        </p>
      )}
      {noted !== null && <NoteDialog key={noted.id} order={noted} onClose={() => setNoting(null)} />}
    </Panel>
  );
}

function Table({ rows, now, onNote }: { rows: readonly LateRow[]; now: number; onNote: (orderId: string) => void }) {
  const t = useTranslations('manager.delayed');
  return (
    <div className="@container">
      <table className="w-full text-left text-[1rem] tabular-nums @max-[44rem]:block">
        <thead className="bg-bg text-[0.875rem] text-muted @max-[44rem]:sr-only">
          <tr>
            {(['order', 'where', 'late', 'since', 'why', 'what', 'todo'] as const).map((name) => (
              <th
                key={name}
                scope="col"
                className={`px-3 py-2 font-semibold first:pl-4 last:pr-4 ${name === 'since' ? '@max-[58rem]:hidden' : ''}`}
              >
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="@max-[44rem]:block">
          {rows.map((row, i) => (
            <Row
              key={row.id}
              row={row}
              now={now}
              repeats={rows.slice(0, i).some((other) => sameTodo(other, row))}
              onNote={onNote}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether the same action helps both orders: it is then written once. */
const sameTodo = ({ late: { why: a } }: LateRow, { late: { why: b } }: LateRow): boolean =>
  a.kind === b.kind &&
  a.kind !== 'failed' &&
  a.kind !== 'parked' &&
  ('station' in a ? a.station : null) === ('station' in b ? b.station : null);

/** A line of text as high as the buttons beside it. */
const one = 'py-1.5 leading-10';
/** As high, and never cut: long text goes on in further lines. The column is no wider than its longest line. */
const whole = 'inline-block max-w-full py-2 leading-6 wrap-anywhere @min-[44rem]:w-max @min-[44rem]:max-w-24';

function Row({
  row,
  now,
  repeats,
  onNote,
}: {
  row: LateRow;
  now: number;
  repeats: boolean;
  onNote: (orderId: string) => void;
}) {
  const t = useTranslations('manager');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const { order, parked, late } = row;
  const clock = (at: number) => times.time(at, timeZone);
  const { why, todo } = lateWords(t, late.why, now, { clock, span: times.age });
  const missing = missingWords(t, late);
  const number = order?.number ?? parked?.number ?? parked?.orderId ?? t('delayed.unread');
  const place =
    order !== null
      ? placeWords(t, order)
      : parked?.unknownRestaurant
        ? t('delayed.unknown')
        : (parked?.where ?? t('delayed.pipeline'));
  const note = order?.delayNote ?? null;
  const link = useManagerLink();
  const cell = 'px-3 align-top @max-[44rem]:block @max-[44rem]:p-0 @min-[44rem]:first:pl-4 @min-[44rem]:last:pr-4';
  return (
    <tr
      {...(row.id === 'unread'
        ? {}
        : { 'data-order-id': row.id, 'aria-label': t('delayed.row', { number, place, why }) })}
      {...(order === null ? {} : { 'data-state': cardState(order) })}
      data-where={late.where}
      data-why={late.why.kind}
      data-noted={note === null ? undefined : ''}
      className="border-t border-line @max-[44rem]:grid @max-[44rem]:grid-cols-[minmax(0,1fr)_auto] @max-[44rem]:gap-x-3 @max-[44rem]:gap-y-1 @max-[44rem]:px-4 @max-[44rem]:py-3"
    >
      <td className={`${cell} py-1.5 font-bold @min-[44rem]:w-px @min-[44rem]:pr-4`}>
        {row.id === 'unread' ? (
          <span className={whole}>{number}</span>
        ) : (
          <Link
            data-action="story"
            href={link(`/manager/orders/${encodeURIComponent(row.id)}`)}
            title={t('delayed.story')}
            className={`${whole} text-info underline underline-offset-4`}
          >
            {number}
          </Link>
        )}
        <span className="pl-2 font-normal text-muted @min-[44rem]:hidden">{place}</span>
      </td>
      <td className={`${cell} py-1.5 @min-[44rem]:w-px @min-[44rem]:pr-4 @max-[44rem]:hidden`}>
        <span className={whole}>{place}</span>
      </td>
      <td className={`${cell} ${one} font-bold whitespace-nowrap text-late @min-[44rem]:w-px`}>
        {times.age(now - late.since)}
      </td>
      <td className={`${one} w-px px-3 align-top whitespace-nowrap text-muted @max-[58rem]:hidden`}>
        {clock(late.since)}
      </td>
      <td className={`${cell} py-3 @max-[44rem]:col-span-2`}>
        <WhyChip kind={late.why.kind} text={why} />
        {!repeats && (
          <span className="block pt-1 text-[0.875rem] leading-5 [overflow-wrap:anywhere] text-muted">{todo}</span>
        )}
      </td>
      <td
        className={`${cell} py-3.5 leading-6 [overflow-wrap:anywhere] @min-[44rem]:w-[38%] @max-[44rem]:col-span-2 @max-[44rem]:text-[0.9375rem] @max-[44rem]:text-muted`}
      >
        {missing}
        {note !== null && (
          <span data-note className="block pt-1 text-[0.875rem] leading-5 font-semibold text-info">
            {note.by === null
              ? t('delayed.noteNobody', { time: clock(Date.parse(note.at)), note: note.note })
              : t('delayed.noteBy', { by: note.by, time: clock(Date.parse(note.at)), note: note.note })}
          </span>
        )}
      </td>
      <td className={`${cell} py-1.5 @min-[44rem]:w-px @max-[44rem]:col-span-2`}>
        <RowActions row={row} onNote={onNote} />
      </td>
    </tr>
  );
}

const looks: Record<LateReason['kind'], [typeof Ban, string]> = {
  overloaded: [Layers, 'bg-late-soft text-late'],
  'change-not-seen': [Pencil, 'bg-warn-soft text-warn'],
  'not-picked-up': [Bell, 'bg-info-soft text-info'],
  'cancel-not-seen': [Ban, 'bg-late-soft text-late'],
  'not-on-screen': [MonitorX, 'bg-late-soft text-late'],
  'past-due': [AlarmClock, 'bg-late-soft text-late'],
  cooking: [Flame, 'bg-warn-soft text-warn'],
  held: [Pause, 'bg-head text-text'],
  'not-ready': [CircleDashed, 'bg-head text-text'],
  'not-started': [CircleDashed, 'bg-head text-text'],
  failed: [TriangleAlert, 'bg-late-soft text-late'],
  'order-service-down': [CloudOff, 'bg-late-soft text-late'],
  parked: [RotateCw, 'bg-warn-soft text-warn'],
  'behind-in-kafka': [Hourglass, 'bg-warn-soft text-warn'],
};

function WhyChip({ kind, text }: { kind: LateReason['kind']; text: string }) {
  const [icon, look] = looks[kind];
  return (
    <span
      className={`inline-flex items-center gap-2 rounded-lg px-2.5 py-1 text-[0.9375rem] leading-5 font-bold @min-[58rem]:whitespace-nowrap ${look}`}
    >
      <Icon of={icon} className="size-4 shrink-0" strokeWidth={2.5} />
      {text}
    </span>
  );
}
