'use client';
// How long things took: one sentence, then tables by station, dish and hour, today against a week ago, and a CSV. For
// after the shift.
import { Download } from 'lucide';
import { useState } from 'react';
import { TimesReport } from '../../server/protocol/times.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useClock, useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/index.ts';
import { NotAnswered } from './not-answered.tsx';
import { dayAt, daysBefore } from './days.ts';
import { Panel } from './panel.tsx';
import { TimesPlot } from './times-plot.tsx';
import { DayTable, hourText, TimesTable } from './times-tables.tsx';
import { insightPath, useInsight } from './use-insight.ts';

const EVERY_MS = 60_000;
const KEPT_DAYS = 30;
const ranges = [
  ['today', 0],
  ['week', 6],
  ['month', KEPT_DAYS - 1],
] as const;

export function TimesScreen() {
  const t = useTranslations('manager.times');
  const screen = useScreen();
  const { timeZone } = screen.restaurant;
  // Empty until the page runs: before, it does not know the day in the restaurant.
  const today = useClock((now) => (now ? dayAt(now, timeZone) : ''));
  const [chosen, setChosen] = useState<{ from: string; to: string } | null>(null);
  const { from, to } = chosen ?? { from: today, to: today };
  const query = new URLSearchParams({ from, to });
  const { data, failed } = useInsight(TimesReport, from && from <= to ? `times?${query}` : null, EVERY_MS);
  const oldest = today && daysBefore(today, KEPT_DAYS - 1);
  const day = (which: 'from' | 'to') => (
    <label className="inline-flex items-center gap-2 text-[0.9375rem] font-semibold">
      {t(which)}
      <input
        type="date"
        data-field={which}
        value={which === 'from' ? from : to}
        min={oldest}
        max={today}
        onChange={({ target: { value } }) =>
          value &&
          setChosen(
            which === 'from'
              ? { from: value, to: value > to ? value : to }
              : { from: value < from ? value : from, to: value },
          )
        }
        className="min-h-10 rounded-xl border border-line bg-panel px-3 font-normal"
      />
    </label>
  );
  return (
    <main className="grid gap-4 p-4 md:gap-5 md:p-6">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-[1.375rem] font-bold">{t('title')}</h2>
        <div className="flex flex-wrap items-center gap-2">
          {today &&
            ranges.map(([name, days]) => {
              const range = { from: daysBefore(today, days), to: today };
              return (
                <Button
                  key={name}
                  size="desk"
                  tone={from === range.from && to === range.to ? 'info' : 'outline'}
                  aria-pressed={from === range.from && to === range.to}
                  data-action={`times-${name}`}
                  onClick={() => setChosen(range)}
                >
                  {t(name)}
                </Button>
              );
            })}
          {day('from')}
          {day('to')}
        </div>
        {from && (
          <a
            data-action="csv"
            download
            href={`${insightPath(screen)}/times.csv?${query}`}
            className="ml-auto inline-flex min-h-10 items-center gap-2 rounded-xl border border-line bg-panel px-3.5 text-[0.9375rem] font-bold"
          >
            <Icon of={Download} className="size-4.5" /> {t('csv')}
          </a>
        )}
      </div>
      {data === null ? <NotAnswered failed={failed} /> : <Answer times={data} />}
      <p className="max-w-prose text-[0.9375rem] text-muted">{t('kept')}</p>
    </main>
  );
}

function Answer({ times }: { times: TimesReport }) {
  const t = useTranslations('manager.times');
  const plotted = times.today.length + times.weekAgo.length > 0;
  return (
    <>
      <Sentence times={times} />
      <div className="grid items-start gap-4 md:gap-5 xl:grid-cols-2">
        <div className="grid min-w-0 gap-4 md:gap-5">
          <Panel title={t('plot')}>
            {plotted ? (
              <div className="grid gap-4">
                <div className="px-4 pt-4">
                  <TimesPlot times={times} />
                </div>
                <div className="border-t border-line">
                  <DayTable today={times.today} weekAgo={times.weekAgo} />
                </div>
              </div>
            ) : (
              <p className="px-4 py-3 text-muted">{t('noPlot')}</p>
            )}
          </Panel>
          <Panel title={t('hours')}>
            <TimesTable
              of="hour"
              caption={t('hours')}
              rows={times.hours.map(({ hour, ...row }) => ({ key: `${hour}`, name: hourText(hour), ...row }))}
            />
          </Panel>
        </div>
        <div className="grid min-w-0 gap-4 md:gap-5">
          <Panel title={t('stations')}>
            <TimesTable of="station" caption={t('stations')} rows={times.stations} />
          </Panel>
          <Panel title={t('dishes')}>
            <TimesTable of="dish" caption={t('dishes')} rows={times.dishes} />
          </Panel>
        </div>
      </div>
    </>
  );
}

/**
 * The median of all tickets is not the median of the stations' medians. The slowest station is named only among
 * several.
 */
function Sentence({ times: { stations, all } }: { times: TimesReport }) {
  const t = useTranslations('manager.times');
  const times = useTimes();
  const span = (seconds: number) => times.span(Math.round(seconds) * 1000);
  if (all.p50 === null || all.p90 === null)
    return (
      <p data-headline className="text-[1.125rem] font-semibold">
        {t('sentenceNone')}
      </p>
    );
  const slowest = stations.filter(({ p90 }) => p90 !== null).sort((a, b) => (b.p90 ?? 0) - (a.p90 ?? 0))[0];
  return (
    <p data-headline className="text-[1.125rem] leading-7 font-semibold">
      {t('sentence', { count: all.count, p50: span(all.p50), p90: span(all.p90) })}
      {slowest !== undefined &&
        stations.length > 1 &&
        ` ${t('slowestStation', { name: slowest.name, p90: span(slowest.p90 ?? 0) })}`}
    </p>
  );
}
