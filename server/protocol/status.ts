// The ordering platform's statuses. This is the only file of the server and the screens that knows their words
// (status.test.ts): a new word, and its meaning, are added here.
import * as z from 'zod/mini';

/** Each comes after the ones before it. A cancellation is final, so a lagging replica's COMPLETED never hides it. */
export const STATUSES = ['PLACED', 'PAID', 'COMPLETED', 'CANCELED'] as const;

/** Any other word is kept as it came: it says only that something changed. */
export type UpstreamStatus = (typeof STATUSES)[number] | (string & {});
export const UpstreamStatus: z.ZodMiniType<UpstreamStatus> = z.string();

export const CANCELED = 'CANCELED' satisfies UpstreamStatus;

interface HasStatus {
  readonly status: UpstreamStatus;
}

/** Nobody cooks it, and nobody carries it. */
export const isCanceled = ({ status }: HasStatus): boolean => status === CANCELED;

/** Nothing is to be cooked any more, as far as the platform knows. */
export const isOver = ({ status }: HasStatus): boolean => status === 'COMPLETED' || status === CANCELED;

/** How far an order of this status is; null where the word is unknown. */
export function statusRank(status: UpstreamStatus): number | null {
  const rank = (STATUSES as readonly UpstreamStatus[]).indexOf(status);
  return rank < 0 ? null : rank;
}

/** Whether `status` is known to come before `other`. */
export function comesBefore(status: UpstreamStatus, other: UpstreamStatus): boolean {
  const [a, b] = [statusRank(status), statusRank(other)];
  return a !== null && b !== null && a < b;
}
