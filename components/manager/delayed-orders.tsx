'use client';
// Who is late, by how much, since when, why, and the one thing to do: a table at a desk, a list of cards on a phone.
import { AlarmClock, Ban, Bell, CircleDashed, CloudOff, Flame, Hourglass, Layers, MonitorX, Pause, Pencil, RotateCw, TriangleAlert } from 'lucide';
import { useState } from 'react';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { cardState } from '../floor/floor-cards.ts';
import { Icon } from '../ui/icon.tsx';
import { EmptyBoard } from '../ui/index.ts';
import { Choice } from './choice.tsx';
import { chosenRows, stationsOf, whysOf, type Chosen } from './delayed-choice.ts';
import { lateWords, missingWords } from './late-words.ts';
import type { LateRow, NowFigures } from './now-figures.ts';
import { NoteDialog } from './note-dialog.tsx';
import { Panel } from './panel.tsx';
import { placeWords } from './place-words.ts';
import { RowActions } from './row-actions.tsx';
import type { Why } from './why-late.ts';

/** Beyond this a list is not read any more, only counted. */
const SHOWN = 100;
const everything: Chosen = { why: 'all', station: 'all', notes: 'all', sort: 'late' };

export function DelayedOrders({ figures, now, unknown }: { figures: NowFigures; now: number; unknown: number }) {
  const t = useTranslations('manager');
  const [chosen, setChosen] = useState(everything);
  const [noting, setNoting] = useState<string | null>(null);
  const choose = (more: Partial<Chosen>) => setChosen((held) => ({ ...held, ...more }));
  const rows = chosenRows(figures, chosen);
  const noted = noting === null ? null : figures.rows.find(({ id }) => id === noting)?.order ?? null;
  const title = (
    <>
      <Icon of={AlarmClock} className="size-5" strokeWidth={2.5} /> {t('delayed.title')}
    </>
  );
  const all = (options: readonly (readonly [string, string])[]) => [['all', t('delayed.all')] as const, ...options];
  const choices = (
    <>
      <Choice name={t('delayed.byWhy')} action="by-why" value={chosen.why} options={all(whysOf(figures).map((kind) => [kind, t(`whyShort.${kind}`)]))} onChoose={(why) => choose({ why: why as Chosen['why'] })} />
      <Choice name={t('delayed.byStation')} action="by-station" value={chosen.station} options={all(stationsOf(figures).map(({ id, name }) => [id, name]))} onChoose={(station) => choose({ station })} />
      <Choice name={t('delayed.byNote')} action="by-note" value={chosen.notes} options={[['all', t('delayed.all')], ['without', t('delayed.notes.without')], ['with', t('delayed.notes.with')]]} onChoose={(notes) => choose({ notes })} />
      <Choice name={t('delayed.sortBy')} action="sort-by" value={chosen.sort} options={[['late', t('delayed.sort.late')], ['number', t('delayed.sort.number')], ['station', t('delayed.sort.station')]]} onChoose={(sort) => choose({ sort })} />
    </>
  );
  const count = figures.rows.length;
  const aside = rows.length === count ? t('delayed.aside', { shown: count, open: figures.open, sort: chosen.sort }) : t('delayed.filtered', { shown: rows.length, count });
  return (
    <Panel title={title} {...(count > 0 && { aside, actions: choices })}>
      {count === 0 && (
        <div className="h-72">
          <EmptyBoard what="delayed" />
        </div>
      )}
      {count > 0 && rows.length === 0 && <p className="px-4 py-6 text-[1rem] text-muted">{t('delayed.noMatch', { count })}</p>}
      {rows.length > 0 && <Table rows={rows.slice(0, SHOWN)} now={now} onNote={setNoting} />}
      {rows.length > SHOWN && <p className="border-t border-line px-4 py-3 text-[0.9375rem] font-semibold text-late">{t('delayed.more', { count: rows.length - SHOWN })}</p>}
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
    <table className="w-full text-left text-[1rem] tabular-nums max-md:block">
      <thead className="bg-bg text-[0.875rem] text-muted max-md:sr-only">
        <tr>
          {(['order', 'where', 'late', 'since', 'why', 'what', 'todo'] as const).map((name) => (
            <th key={name} scope="col" className={`px-3 py-2 font-semibold first:pl-4 last:pr-4 ${name === 'since' ? 'max-xl:hidden' : ''}`}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row, i) => (
          <Row key={row.id} row={row} now={now} repeats={rows.slice(0, i).some((other) => sameTodo(other, row))} onNote={onNote} />
        ))}
      </tbody>
    </table>
  );
}

/** What is to be done about one of them is done about the other: it is said once. */
const sameTodo = ({ late: { why: a } }: LateRow, { late: { why: b } }: LateRow): boolean =>
  a.kind === b.kind && a.kind !== 'failed' && a.kind !== 'parked' && ('station' in a ? a.station : null) === ('station' in b ? b.station : null);

function Row({ row, now, repeats, onNote }: { row: LateRow; now: number; repeats: boolean; onNote: (orderId: string) => void }) {
  const t = useTranslations('manager');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const { order, parked, late } = row;
  const clock = (at: number) => times.time(at, timeZone);
  const { why, todo } = lateWords(t, late.why, now, { clock, span: times.age });
  const missing = missingWords(t, late);
  const number = order?.number ?? parked?.number ?? parked?.orderId ?? t('delayed.unread');
  const place = order !== null ? placeWords(t, order) : parked?.unknownRestaurant ? t('delayed.unknown') : parked?.where ?? t('delayed.pipeline');
  const note = order?.delayNote ?? null;
  const cell = 'px-3 py-2.5 align-top max-md:block max-md:p-0 md:first:pl-4 md:last:pr-4';
  return (
    <tr
      {...(row.id === 'unread' ? {} : { 'data-order-id': row.id, 'aria-label': t('delayed.row', { number, place, why }) })}
      {...(order === null ? {} : { 'data-state': cardState(order) })}
      data-where={late.where}
      data-why={late.why.kind}
      data-noted={note === null ? undefined : ''}
      className="border-t border-line max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3"
    >
      <td className={`${cell} max-w-36 truncate font-bold md:w-px md:pr-4 max-md:max-w-none`} title={number}>
        {number}
        <span className="pl-2 font-normal text-muted md:hidden">{place}</span>
      </td>
      <td className={`${cell} max-w-32 truncate md:w-px md:pr-4 max-md:hidden`} title={place}>
        {place}
      </td>
      <td className={`${cell} font-bold whitespace-nowrap text-late md:w-px`}>{times.age(now - late.since)}</td>
      <td className={`${cell} w-px whitespace-nowrap text-muted max-xl:hidden`}>{clock(late.since)}</td>
      <td className={`${cell} md:w-72 md:max-w-96 md:min-w-60 min-[1400px]:min-w-72 max-md:col-span-2`}>
        <WhyChip kind={late.why.kind} text={why} />
        {!repeats && <span className="block pt-1 text-[0.875rem] leading-5 break-words text-muted">{todo}</span>}
      </td>
      <td className={`${cell} break-words max-md:col-span-2 max-md:text-[0.9375rem] max-md:text-muted`}>
        <span className="line-clamp-3" title={missing}>
          {missing}
        </span>
        {note !== null && (
          <span data-note className="block pt-1 text-[0.875rem] leading-5 font-semibold text-info">
            {note.by === null ? t('delayed.noteNobody', { time: clock(Date.parse(note.at)), note: note.note }) : t('delayed.noteBy', { by: note.by, time: clock(Date.parse(note.at)), note: note.note })}
          </span>
        )}
      </td>
      <td className={`${cell} md:w-px max-md:col-span-2`}>
        <RowActions row={row} onNote={onNote} />
      </td>
    </tr>
  );
}

const looks: Record<Why['kind'], [typeof Ban, string]> = {
  overloaded: [Layers, 'bg-late-soft text-late'],
  'change-not-seen': [Pencil, 'bg-warn-soft text-warn'],
  'not-picked-up': [Bell, 'bg-info-soft text-info'],
  'cancel-not-seen': [Ban, 'bg-late-soft text-late'],
  'not-on-screen': [MonitorX, 'bg-late-soft text-late'],
  cooking: [Flame, 'bg-warn-soft text-warn'],
  held: [Pause, 'bg-head text-text'],
  'not-started': [CircleDashed, 'bg-head text-text'],
  failed: [TriangleAlert, 'bg-late-soft text-late'],
  'order-service-down': [CloudOff, 'bg-late-soft text-late'],
  parked: [RotateCw, 'bg-warn-soft text-warn'],
  'behind-in-kafka': [Hourglass, 'bg-warn-soft text-warn'],
};

function WhyChip({ kind, text }: { kind: Why['kind']; text: string }) {
  const [icon, look] = looks[kind];
  return (
    <span className={`inline-flex items-center gap-2 rounded-lg px-2.5 py-1 text-[0.9375rem] leading-5 font-bold lg:whitespace-nowrap ${look}`}>
      <Icon of={icon} className="size-4 shrink-0" strokeWidth={2.5} />
      {text}
    </span>
  );
}
