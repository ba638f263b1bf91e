// Which of the delayed orders are listed, and in which order.
import type { LateRow, NowFigures } from './now-figures.ts';
import type { LateReason } from './why-late.ts';

export interface Chosen {
  why: LateReason['kind'] | 'all';
  /** A station's id. */
  station: string;
  notes: 'all' | 'without' | 'with';
  sort: 'late' | 'number' | 'station';
}

/** The stations of the missing dishes. */
const stationIds = ({ late }: LateRow): Set<string> => new Set(late.missing.map(({ stationId }) => stationId));

/** The reasons of the delayed orders. */
export const whysOf = ({ rows }: NowFigures): LateReason['kind'][] =>
  [...new Set(rows.map(({ late }) => late.why.kind))].sort();

/** The stations that delayed orders wait for. */
export function stationsOf({ rows, loads }: NowFigures): { id: string; name: string }[] {
  const waiting = new Set(rows.flatMap((row) => [...stationIds(row)]));
  return loads
    .filter(({ id }) => waiting.has(id))
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const numbers = new Intl.Collator('en', { numeric: true });

/** `rows` of the figures begin with the longest delay; equals keep that order. */
export function chosenRows(figures: NowFigures, { why, station, notes, sort }: Chosen): LateRow[] {
  const rows = figures.rows.filter(
    (row) =>
      (why === 'all' || row.late.why.kind === why) &&
      (station === 'all' || stationIds(row).has(station)) &&
      (notes === 'all' || (row.order?.delayNote != null) === (notes === 'with')),
  );
  const nameOf = (row: LateRow) =>
    figures.loads
      .filter(({ id }) => stationIds(row).has(id))
      .map(({ name }) => name)
      .sort()[0] ?? '\uFFFF';
  const numberOf = ({ order, parked, id }: LateRow) => order?.number ?? parked?.number ?? id;
  if (sort === 'number') return rows.sort((a, b) => numbers.compare(numberOf(a), numberOf(b)));
  if (sort === 'station') return rows.sort((a, b) => numbers.compare(nameOf(a), nameOf(b)));
  return rows;
}
