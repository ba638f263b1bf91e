// The unsaved changes of the set-up page. Pure.
import { NO_START } from '../../server/protocol/facts.ts';
import type { Setup, SetupStation } from '../../server/protocol/setup.ts';

export type StationChange = Partial<Omit<SetupStation, 'fallback'>>;

export const sameSetup = (a: Setup, b: Setup): boolean => JSON.stringify(a) === JSON.stringify(b);

export function withStation(setup: Setup, index: number, change: StationChange): Setup {
  return {
    ...setup,
    stations: setup.stations.map((station, i) => (i === index ? { ...station, ...change } : station)),
  };
}

/** Exactly one station is the fallback. */
export function withFallback(setup: Setup, index: number): Setup {
  return { ...setup, stations: setup.stations.map((station, i) => ({ ...station, fallback: i === index })) };
}

export function moved(setup: Setup, index: number, by: 1 | -1): Setup {
  const stations = [...setup.stations];
  const [station] = stations.splice(index, 1);
  if (station === undefined || index + by < 0 || index + by > stations.length) return setup;
  stations.splice(index + by, 0, station);
  return { ...setup, stations };
}

/** Removes a station. If it was the fallback, the last of the others becomes the fallback. The last station stays. */
export function without(setup: Setup, index: number): Setup {
  if (setup.stations.length <= 1) return setup;
  const stations = setup.stations.filter((_, i) => i !== index);
  return stations.some(({ fallback }) => fallback)
    ? { ...setup, stations }
    : withFallback({ ...setup, stations }, stations.length - 1);
}

export function added(setup: Setup, name: string): Setup {
  const names = new Set(setup.stations.map((station) => station.name.toLowerCase()));
  let [unused, n] = [name, 2];
  for (; names.has(unused.toLowerCase()); n += 1) unused = `${name} ${n}`;
  return {
    ...setup,
    stations: [
      ...setup.stations,
      {
        name: unused,
        fallback: false,
        routes: [],
        combine: false,
        thresholds: {},
        lead: {},
        start: NO_START,
        screen: true,
      },
    ],
  };
}
