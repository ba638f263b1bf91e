// The four numbers that a manager needs first, each beside its usual value.
import type { Usual } from '../../server/protocol/times.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import type { NowFigures } from './now-figures.ts';

export function Tiles({ figures, usual }: { figures: NowFigures; usual: Usual | null }) {
  const t = useTranslations('manager.tiles');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const { open, inKitchen, late, rows, noted } = figures;
  const minutes = (seconds: number) => times.age(seconds * 1000);
  const seconds = (value: number) => `${times.number(Math.round(value * 100) / 100)} s`;
  const usually = usual === null ? null : usual.open === null ? t('usualUnknown') : t('usual', { count: usual.open });
  const lastHour = usual?.lastHour;
  const toScreen = usual?.toScreen;
  return (
    <dl className="grid grid-cols-2 gap-3 @min-[44rem]:grid-cols-4 @min-[44rem]:gap-4">
      <Tile
        figure="open"
        name={t('open')}
        value={open}
        text={times.number(open)}
        notes={[open === 0 ? t('openNobody') : t('openNow', { count: inKitchen }), usually]}
      />
      <Tile
        figure="delayed"
        name={t('delayed')}
        value={rows.length}
        text={times.number(rows.length)}
        bad={rows.length > 0}
        notes={[
          rows.length === 0 ? t('onTime') : parts(t('parts', late)),
          usual?.late == null ? null : t('usualLate', { count: usual.late }),
          noted > 0 ? t('noted', { count: noted }) : null,
        ]}
      />
      <Tile
        figure="ticket-time"
        name={t('time')}
        value={lastHour?.p50 ?? null}
        text={lastHour?.p50 == null ? '–' : minutes(lastHour.p50)}
        notes={[
          lastHour === undefined
            ? t('unknown')
            : lastHour.p90 === null
              ? t('timeNone')
              : t('timeNote', { p90: minutes(lastHour.p90) }),
          usual?.weekAgo.p50 == null ? null : t('weekAgo', { p50: minutes(usual.weekAgo.p50) }),
        ]}
      />
      <Tile
        figure="to-screen"
        name={t('screen')}
        value={toScreen?.p50 ?? null}
        text={toScreen?.p50 == null ? '–' : seconds(toScreen.p50)}
        notes={[
          toScreen === undefined
            ? t('unknown')
            : toScreen.slowest === null
              ? t('screenNone')
              : t('slowest', {
                  span: seconds(toScreen.slowest.seconds),
                  time: times.time(Date.parse(toScreen.slowest.at), timeZone),
                }),
        ]}
      />
    </dl>
  );
}

/** Without the dot before the first of them. */
const parts = (text: string): string => text.replace(/^[\s·]+/, '').trim();

function Tile({
  figure,
  name,
  value,
  text,
  notes,
  bad = false,
}: {
  figure: string;
  name: string;
  value: number | null;
  text: string;
  notes: readonly (string | null)[];
  bad?: boolean;
}) {
  return (
    <div
      data-figure={figure}
      data-value={value ?? ''}
      className={`rounded-2xl border bg-panel px-4 py-3 ${bad ? 'border-late' : 'border-line'}`}
    >
      <dt className="text-[0.9375rem] font-semibold text-muted">{name}</dt>
      <dd className={`text-[2rem] leading-10 font-bold tabular-nums ${bad ? 'text-late' : ''}`}>{text}</dd>
      {notes.map(
        (note) =>
          note !== null && (
            <dd key={note} className="text-[0.875rem] leading-5 text-muted tabular-nums">
              {note}
            </dd>
          ),
      )}
    </div>
  );
}
