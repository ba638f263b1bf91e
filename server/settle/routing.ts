// Which station cooks a line: the first, in order of position, with a rule whose every given field matches; else the
// fallback.

export interface Route {
  category: string | null;
  sku: string | null;
  type: string | null;
}
export interface RoutedStation {
  id: string;
  name: string;
  fallback: boolean;
  routes: Route[];
}

/**
 * The station, and the first of its routes that takes the line; null where no station's does.
 * @param stations those in use, in order of position; never empty, so that no dish is ever without a station
 */
export function routeFor(
  stations: readonly RoutedStation[],
  line: { category: string | null; sku: string | null },
  orderType: string | null,
): { station: RoutedStation; route: Route | null } {
  const matches = (route: Route) =>
    (route.category === null || route.category === line.category) &&
    (route.sku === null || route.sku === line.sku) &&
    (route.type === null || route.type === orderType);
  for (const station of stations) {
    const route = station.routes.find(matches);
    if (route) return { station, route };
  }
  const station = stations.find(({ fallback }) => fallback) ?? stations.at(-1);
  if (!station) throw new RangeError('a restaurant without any station');
  return { station, route: null };
}

/** The station alone: see {@link routeFor}. */
export const stationFor = (...asked: Parameters<typeof routeFor>): RoutedStation => routeFor(...asked).station;
