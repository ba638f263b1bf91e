// The pipeline as operators, probes and metrics see it. status.ts implements it.
import type { Trouble } from '../lib/troubles.ts';
import type { Readiness } from '../kafka/consumer.ts';
import type { PartitionLag } from '../kafka/lag.ts';
import type { Health } from '../protocol/views.ts';

export interface OrderApiStatus {
  inFlight: number;
  limit: number;
  state: string;
  /** Why it is down, with its host and status; null while it is not. */
  reason: string | null;
}

export interface PipelineStatus {
  /**
   * The consumer's side only: whether the group is joined, else why not, and any partition that stands, in words for an
   * operator. Answers at once.
   */
  readiness(): Readiness;
  health(): Health;
  /** How many messages were ever gone from the topic before they were read. */
  missingMessages(): number;
  /** Empty while not known yet. */
  partitions(): PartitionLag[];
  orderApi(): OrderApiStatus;
  /** Background work that fails again and again. */
  troubles(): Trouble[];
}
