// Percentiles, medians over repeated runs, and tables as the benches print them.

/** The nearest rank, or NaN for an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export interface Spread {
  n: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  n: values.length,
  p50: percentile(values, 0.5),
  p90: percentile(values, 0.9),
  p99: percentile(values, 0.99),
  max: percentile(values, 1),
});

/** A number with only its significant digits. */
export const figure = (value: number): string =>
  Number.isNaN(value) ? '-' : Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(1);

/** The median of several runs, and in brackets the smallest and the largest. */
export function overRuns(values: readonly number[]): string {
  return values.length < 2
    ? figure(median(values))
    : `${figure(median(values))} (${figure(Math.min(...values))}-${figure(Math.max(...values))})`;
}

export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const cells = [head, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of cells)
    console.log(
      row.map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  '),
    );
}
