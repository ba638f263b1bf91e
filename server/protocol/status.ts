// How far along upstream's statuses are. A status that we do not know has no rank: it says only that something changed.

const ranks: Record<string, number> = { PLACED: 0, PAID: 1, COMPLETED: 2, CANCELED: 3 };

/** A cancellation is final: it ranks above completion, so that a lagging replica's COMPLETED never hides it. */
export function statusRank(status: string): number | null {
  return ranks[status] ?? null;
}

/** Is `status` known to come before `other`? */
export function comesBefore(status: string, other: string): boolean {
  const [a, b] = [statusRank(status), statusRank(other)];
  return a !== null && b !== null && a < b;
}

/** Does upstream say that nothing is to be cooked any more? */
export function isOver(status: string): boolean {
  return status === 'COMPLETED' || status === 'CANCELED';
}
