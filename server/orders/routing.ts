// Which station cooks a line: the first, in order of position, with a rule whose every given field matches; else the fallback.

export interface Route { category: string | null; sku: string | null; type: string | null }
export interface RoutedStation { id: string; name: string; fallback: boolean; routes: Route[] }

/** @param stations those in use, in order of position; never empty, so that no dish is ever without a station */
export function stationFor(stations: readonly RoutedStation[], line: { category: string | null; sku: string | null }, orderType: string | null): RoutedStation {
  const matches = (route: Route) =>
    (route.category === null || route.category === line.category) && (route.sku === null || route.sku === line.sku) && (route.type === null || route.type === orderType);
  const station = stations.find(({ routes }) => routes.some(matches)) ?? stations.find(({ fallback }) => fallback) ?? stations.at(-1);
  if (!station) throw new RangeError('a restaurant without any station');
  return station;
}
