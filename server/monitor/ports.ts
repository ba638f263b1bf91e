// What the operator's interface needs of the pipeline: implemented where the consumer, the retry worker and the fetcher
// live.
import type { Health } from '../protocol/views.ts';

export interface PartitionStatus {
  partition: number;
  /** Messages that have not ended. */
  lag: number;
  /** The group's committed offset; null before the first commit. */
  committed: number | null;
  /** The offset that the next message will get. */
  end: number;
}

export interface OrderApiStatus {
  inFlight: number;
  limit: number;
  state: string;
}

export interface PipelineStatus {
  /** The consumer's side only: whether the group is joined, else why not, in words for an operator. Answers at once. */
  readiness(): { ready: boolean; reason?: string };
  health(): Health;
  /** How many messages were ever gone from the topic before they were read. */
  missingMessages(): number;
  /** Empty while not known yet. */
  partitions(): PartitionStatus[];
  orderApi(): OrderApiStatus;
}

export type RetryOutcome = 'done' | 'not-found' | 'wrong-state';

/** An operator's hand on the retry table. Both write their audit entry themselves. */
export interface RetryControl {
  retryNow(id: bigint, actor: string): Promise<RetryOutcome>;
  discard(id: bigint, actor: string): Promise<RetryOutcome>;
}
