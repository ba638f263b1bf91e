// The differences between two states of a restaurant's set-up, for the audit. Pure.
import { NO_START, type Lead, type DishStart } from '../protocol/facts.ts';
import { nameKey } from '../protocol/setup.ts';
import { ORDER_TYPES } from '../protocol/domain.ts';
import type { Setup, SetupRoute, SetupStation } from '../protocol/setup.ts';
import type { SetupChange } from '../protocol/changes.ts';

/** @param before null: the restaurant did not exist */
export function setupChanges(before: Setup | null, after: Setup): SetupChange[] {
  if (before === null) return [{ what: 'made' }];
  const was = new Map(before.stations.map((station) => [nameKey(station.name), station]));
  const is = new Map(after.stations.map((station) => [nameKey(station.name), station]));
  const kept = (stations: Iterable<string>, others: ReadonlyMap<string, unknown>) =>
    [...stations].filter((key) => others.has(key));
  const changes: SetupChange[] = [];
  if (before.name !== after.name) changes.push({ what: 'name', from: before.name, to: after.name });
  if (before.timeZone !== after.timeZone)
    changes.push({ what: 'time-zone', from: before.timeZone, to: after.timeZone });
  if (before.courses.mode !== after.courses.mode || before.courses.gapSeconds !== after.courses.gapSeconds)
    changes.push({ what: 'courses', from: coursesText(before), to: coursesText(after) });
  if (leadText(before.lead) !== leadText(after.lead))
    changes.push({ what: 'lead', from: leadText(before.lead), to: leadText(after.lead) });
  if (before.allergySeen !== after.allergySeen)
    changes.push({ what: 'allergy-seen', to: after.allergySeen ? 'on' : 'off' });
  for (const [key, { name }] of is) if (!was.has(key)) changes.push({ what: 'station-added', station: name });
  for (const [key, { name }] of was) if (!is.has(key)) changes.push({ what: 'station-removed', station: name });
  if (kept(was.keys(), is).join('\n') !== kept(is.keys(), was).join('\n'))
    changes.push({ what: 'order-of-stations', to: after.stations.map(({ name }) => name).join(', ') });
  const fallback = ({ stations }: Setup) => stations.find((station) => station.fallback)?.name ?? '';
  if (nameKey(fallback(before)) !== nameKey(fallback(after)))
    changes.push({ what: 'fallback', from: fallback(before), to: fallback(after) });
  for (const [key, station] of is) changes.push(...stationChanges(was.get(key), station));
  return changes;
}

function stationChanges(was: SetupStation | undefined, is: SetupStation): SetupChange[] {
  const changes: SetupChange[] = [];
  const routes = (station: SetupStation | undefined) => (station?.routes ?? []).map(routeText).join('; ');
  const thresholds = (station: SetupStation | undefined) => thresholdText(station?.thresholds ?? {});
  if (routes(was) !== routes(is)) changes.push({ what: 'routes', station: is.name, from: routes(was), to: routes(is) });
  if (thresholds(was) !== thresholds(is))
    changes.push({ what: 'thresholds', station: is.name, from: thresholds(was), to: thresholds(is) });
  if ((was?.combine ?? false) !== is.combine)
    changes.push({ what: 'combine', station: is.name, to: is.combine ? 'on' : 'off' });
  const lead = (station: SetupStation | undefined) => leadText(station?.lead ?? {});
  if (lead(was) !== lead(is)) changes.push({ what: 'lead', station: is.name, from: lead(was), to: lead(is) });
  const start = (station: SetupStation | undefined) => startText(station?.start ?? NO_START);
  if (start(was) !== start(is)) changes.push({ what: 'start', station: is.name, from: start(was), to: start(is) });
  if ((was?.screen ?? true) !== is.screen)
    changes.push({ what: 'screen', station: is.name, to: is.screen ? 'on' : 'off' });
  return changes;
}

const routeText = ({ category, sku, type }: SetupRoute): string =>
  [category && `category ${category}`, sku && `sku ${sku}`, type].filter(Boolean).join(' + ');
const coursesText = ({ courses: { mode, gapSeconds } }: Setup): string =>
  mode === 'timed' ? `${mode} ${gapSeconds} s` : mode;
const leadText = (lead: Lead): string =>
  (['default', ...ORDER_TYPES] as const)
    .flatMap((type) => (lead[type] === undefined ? [] : [`${type} ${lead[type]} s`]))
    .join(', ');
const startText = ({ mode, first }: DishStart): string => (mode === 'auto' ? `${mode} ${first}` : mode);
const thresholdText = (thresholds: SetupStation['thresholds']): string =>
  (['default', ...ORDER_TYPES] as const)
    .flatMap((type) => {
      const one = thresholds[type];
      return one ? [`${type} ${one.warnSeconds}/${one.lateSeconds} s`] : [];
    })
    .join(', ');
