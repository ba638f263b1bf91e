// A message as it comes into the process, and the assignment that it was read from.
import type { OrderEvent } from '../upstream/message.ts';

/** One assignment of a partition, which messages are read from. */
export interface Origin {
  readonly incarnationId: number;
  readonly partition: number;
  /** False once the partition is another assignment's: messages of it that have not begun are then dropped. */
  readonly wanted: boolean;
  /** The message's fate is in the database. */
  ended(event: OrderEvent): void;
}

export interface Arrival {
  event: OrderEvent;
  from: Origin;
}
