'use client';
// Today against a week ago, hour by hour. uPlot is loaded only with this plot; the table beside it gives the same
// figures to a screen reader.
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import type UPlot from 'uplot';
import type { TimesReport } from '../../server/protocol/times.ts';
import { useTranslations } from '../i18n/index.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Fewer hours than these would draw a line across the whole width for two tickets. */
const FEWEST_HOURS = 8;
const HEIGHT = 260;

/** Minutes by hour, null where there was nothing. */
const lineOf = (rows: TimesReport['today']): (number | null)[] =>
  HOURS.map((hour) => {
    const p50 = rows.find((row) => row.hour === hour)?.p50 ?? null;
    return p50 === null ? null : p50 / 60;
  });

/** From the first hour that had anything to the last. */
function hoursOf({ today, weekAgo }: TimesReport): [number, number] {
  const hours = [...today, ...weekAgo].map(({ hour }) => hour);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const from = Math.max(0, Math.min(first, last - FEWEST_HOURS));
  return [from, Math.min(23, Math.max(last, from + FEWEST_HOURS))];
}

export function TimesPlot({ times }: { times: TimesReport }) {
  const t = useTranslations('manager.times');
  const box = useRef<HTMLDivElement>(null);
  const [today, week, minutes] = [t('todayLine'), t('weekLine'), t('minutes')];
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    let plot: UPlot | undefined;
    let ended = false;
    void import('uplot').then(({ default: Plot }) => {
      if (ended) return;
      const style = getComputedStyle(element);
      const colour = (name: string) => style.getPropertyValue(name).trim();
      const axis = {
        stroke: colour('--muted'),
        grid: { stroke: colour('--line'), width: 1 },
        ticks: { stroke: colour('--line'), width: 1 },
        font: `14px ${style.fontFamily}`,
      };
      const points = { show: true, size: 7 };
      plot = new Plot(
        {
          width: element.clientWidth,
          height: HEIGHT,
          legend: { show: false },
          cursor: { show: false },
          scales: {
            x: { time: false, range: hoursOf(times) },
            y: { range: (_, __, most) => [0, Math.max(1, (most ?? 0) * 1.1)] },
          },
          axes: [
            {
              ...axis,
              values: (_, hours) => hours.map((hour) => (Number.isInteger(hour) ? `${hour}:00` : '')),
              space: 56,
            },
            { ...axis, values: (_, values) => values.map((value) => `${value} ${minutes}`), size: 64 },
          ],
          series: [
            {},
            { label: today, stroke: colour('--info'), width: 3, points, spanGaps: true },
            { label: week, stroke: colour('--muted'), width: 2, dash: [6, 4], points, spanGaps: true },
          ],
        },
        [HOURS, lineOf(times.today), lineOf(times.weekAgo)],
        element,
      );
      element.dataset['drawn'] = '';
    });
    const watch = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: HEIGHT }));
    watch.observe(element);
    return () => {
      ended = true;
      watch.disconnect();
      plot?.destroy();
    };
  }, [times, today, week, minutes]);
  return (
    <figure className="grid min-w-0 gap-2">
      <div ref={box} role="img" aria-label={t('plotLabel')} data-plot className="min-h-65 min-w-0 overflow-hidden" />
      <figcaption className="flex flex-wrap gap-x-5 text-[0.9375rem] font-semibold">
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="h-[3px] w-8 bg-info" /> {today}
        </span>
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="h-0 w-8 border-t-2 border-dashed border-muted" /> {week}
        </span>
      </figcaption>
    </figure>
  );
}
