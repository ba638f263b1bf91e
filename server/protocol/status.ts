// The ordering platform's statuses. This is the only file of the server and the screens that knows their words
// (status.test.ts): a new word, and its meaning, are added here.
import * as z from 'zod/mini';

/** Each comes after the ones before it. A cancellation is final, so a lagging replica's COMPLETED never hides it. */
export const STATUSES = ['PLACED', 'PAID', 'COMPLETED', 'CANCELED'] as const;
type Meaning = (typeof STATUSES)[number];

/** Any other word is kept as it came: it says only that something changed. */
export type UpstreamStatus = Meaning | (string & {});
export const UpstreamStatus: z.ZodMiniType<UpstreamStatus> = z.string();

/** Other words for an order that is over, as tills and delivery platforms write them. */
const TWINS = new Map<string, Meaning>([
  ...['COMPLETE', 'CLOSED', 'DONE', 'FINISHED', 'FULFILLED', 'DELIVERED'].map((word) => [word, 'COMPLETED'] as const),
  ...['CANCELLED', 'VOID', 'VOIDED', 'REJECTED', 'DECLINED', 'DELETED'].map((word) => [word, 'CANCELED'] as const),
]);

/**
 * The guest has the money back. That is as late as COMPLETED, for an order may have been both: which of the two came
 * first says nothing about the kitchen.
 */
const REFUNDED = 'REFUNDED';

interface HasStatus {
  readonly status: UpstreamStatus;
}

const wordOf = (status: UpstreamStatus): string => status.trim().toUpperCase();

/** The status that this word stands for, in any case and spelling; null where the word is unknown. */
function meaningOf(status: UpstreamStatus): Meaning | null {
  const word = wordOf(status);
  return STATUSES.find((known) => known === word) ?? TWINS.get(word) ?? null;
}

/** The guest has the money back: in the middle of the work a cancellation, and later no news to a kitchen. */
export const isRefunded = ({ status }: HasStatus): boolean => wordOf(status) === REFUNDED;

/** Nobody cooks it, and nobody carries it. */
export const isCanceled = (order: HasStatus): boolean => meaningOf(order.status) === 'CANCELED' || isRefunded(order);

/** Nothing is to be cooked any more, as far as the platform knows. */
export const isOver = (order: HasStatus): boolean => meaningOf(order.status) === 'COMPLETED' || isCanceled(order);

/** How far an order of this status is; null where the word is unknown. */
export function statusRank(status: UpstreamStatus): number | null {
  const rank = STATUSES.indexOf(isRefunded({ status }) ? 'COMPLETED' : (meaningOf(status) as Meaning));
  return rank < 0 ? null : rank;
}

/** Whether `status` is known to come before `other`. */
export function comesBefore(status: UpstreamStatus, other: UpstreamStatus): boolean {
  const [a, b] = [statusRank(status), statusRank(other)];
  return a !== null && b !== null && a < b;
}

/** The status of an order that had one and is sent another: a word that is unknown opens nothing that was over. */
export const nextStatus = (before: UpstreamStatus, next: UpstreamStatus): UpstreamStatus =>
  statusRank(next) === null && isOver({ status: before }) ? before : next;
