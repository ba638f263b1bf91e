// The load of each station, the busiest first; an overloaded one is marked.
import { useTranslations } from '../i18n/index.ts';
import { Age } from '../ui/index.ts';
import { Panel } from './panel.tsx';
import { OVERLOADED_FROM, type StationLoad } from './station-loads.ts';

export function StationsPanel({ loads }: { loads: readonly StationLoad[] }) {
  const t = useTranslations('manager.stations');
  const full = Math.max(OVERLOADED_FROM, ...loads.map(({ open }) => open));
  return (
    <Panel title={t('title')} aside={t('aside')}>
      <ul className="py-1.5">
        {loads.map((load) => (
          <Station key={load.id} load={load} full={full} />
        ))}
      </ul>
    </Panel>
  );
}

/** @param full how many open tickets fill the bar: the busiest station's, at least as many as overload one */
function Station({ load: { name, open, oldestFiredAt, retired }, full }: { load: StationLoad; full: number }) {
  const t = useTranslations('manager.stations');
  const overloaded = open >= OVERLOADED_FROM;
  const share = (open / full) * 100;
  return (
    <li
      data-station={name}
      data-open={open}
      className="grid grid-cols-[8rem_minmax(2rem,1fr)_auto] items-center gap-x-3 px-4 py-2"
    >
      <span className="truncate text-[1rem] font-bold" title={name}>
        {name}
        {retired && <span className="font-normal text-muted"> {t('removed')}</span>}
      </span>
      <span aria-hidden className="h-2.5 overflow-hidden rounded-full bg-head">
        <span
          className={`block h-full rounded-full ${overloaded ? 'bg-late' : 'bg-info'}`}
          style={{ width: `${share}%` }}
        />
      </span>
      <span className={`text-right text-[0.9375rem] tabular-nums ${overloaded ? 'font-bold text-late' : 'text-muted'}`}>
        {t('open', { count: open })}
        {oldestFiredAt !== null && (
          <>
            {' · '}
            <Age since={oldestFiredAt} />
          </>
        )}
        {overloaded && <span className="sr-only">, {t('overloaded')}</span>}
      </span>
    </li>
  );
}
