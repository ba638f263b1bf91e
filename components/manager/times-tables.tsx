// Times as tables: of stations, of dishes, of hours.
import type { Spread } from '../../server/protocol/times.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';

const cell = 'px-3 py-2 first:pl-4 last:pr-4';

export interface TimesTableRow extends Spread {
  key: string;
  name: string;
  /** Of dishes whose station says when it begins them. */
  onFire?: Spread;
}

export function TimesTable({
  of,
  caption,
  rows,
}: {
  of: 'station' | 'dish' | 'hour';
  caption: string;
  rows: readonly TimesTableRow[];
}) {
  const t = useTranslations('manager.times');
  const times = useTimes();
  const minutes = (seconds: number | null) => (seconds === null ? '–' : times.age(seconds * 1000));
  const fires = rows.some(({ onFire }) => onFire !== undefined && onFire.count > 0);
  if (rows.length === 0) return <p className="px-4 py-3 text-muted">{t('none')}</p>;
  return (
    <table data-times={of} className="w-full text-left text-[1rem] tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead className="bg-bg text-[0.875rem] text-muted">
        <tr>
          <th scope="col" className={`${cell} font-semibold`}>
            {t(of)}
          </th>
          {(['count', 'p50', 'p90'] as const).map((name) => (
            <th key={name} scope="col" className={`${cell} text-right font-semibold`}>
              {t(name)}
            </th>
          ))}
          {fires && (
            <th scope="col" className={`${cell} text-right font-semibold`}>
              {t('onFire')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, count, p50, p90, onFire }) => (
          <tr key={key} className="border-t border-line">
            <th scope="row" className={`${cell} font-semibold break-words`}>
              {name}
            </th>
            <td className={`${cell} text-right text-muted`}>{times.number(count)}</td>
            <td className={`${cell} text-right font-bold`}>{minutes(p50)}</td>
            <td className={`${cell} text-right`}>{minutes(p90)}</td>
            {fires && (
              <td data-on-fire={onFire?.count ?? 0} className={`${cell} text-right`}>
                {minutes(onFire?.p50 ?? null)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Today beside a week ago, as the plot draws them. */
export function DayTable({
  today,
  weekAgo,
}: {
  today: readonly (Spread & { hour: number })[];
  weekAgo: readonly (Spread & { hour: number })[];
}) {
  const t = useTranslations('manager.times');
  const times = useTimes();
  const hours = [...new Set([...today, ...weekAgo].map(({ hour }) => hour))].sort((a, b) => a - b);
  const minutes = (rows: readonly (Spread & { hour: number })[], hour: number) => {
    const p50 = rows.find((row) => row.hour === hour)?.p50 ?? null;
    return p50 === null ? '–' : times.age(p50 * 1000);
  };
  return (
    <table data-times="days" className="w-full text-left text-[1rem] tabular-nums">
      <caption className="sr-only">{t('plot')}</caption>
      <thead className="bg-bg text-[0.875rem] text-muted">
        <tr>
          <th scope="col" className={`${cell} font-semibold`}>
            {t('hour')}
          </th>
          <th scope="col" className={`${cell} text-right font-semibold`}>
            {t('todayLine')}
          </th>
          <th scope="col" className={`${cell} text-right font-semibold`}>
            {t('weekLine')}
          </th>
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour} className="border-t border-line">
            <th scope="row" className={`${cell} font-semibold`}>
              {hourText(hour)}
            </th>
            <td className={`${cell} text-right font-bold`}>{minutes(today, hour)}</td>
            <td className={`${cell} text-right`}>{minutes(weekAgo, hour)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `18:00`. */
export const hourText = (hour: number): string => `${hour}:00`.padStart(5, '0');
