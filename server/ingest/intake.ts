// Between the consumer and the lanes: reads each record, registers its offset, hands it to its order's lane, and knows what may be
// committed. Every join of the group starts a new epoch: KafkaJS tells of no revocation, so whatever an older epoch still has under way
// ends in the database but moves no offset here, and its record is read again by whoever has the partition now.
import { OffsetTracker } from '../kafka/offset-tracker.ts';
import type { Logger } from '../logger.ts';
import { readRecord, type RawRecord } from './message.ts';
import type { Lanes } from './lanes.ts';
import type { RejectedMessages } from './rejected.ts';

export interface IntakeRecord extends RawRecord { offset: number }

export interface IntakeDeps {
  appEnv: string;
  lanes: Lanes;
  rejected: RejectedMessages;
  log: Logger;
  onRejected?: () => void;
}

/** Messages in memory, and bytes of those that are kept whole: intake pauses at either high mark and resumes at 70 % of both. */
export const HIGH_MARK = 20_000;
const HIGH_BYTES = 32 << 20;
const RESUME_AT = 0.7;

export class Intake {
  #epoch = 0;
  #incarnationId = 0;
  #trackers = new Map<number, OffsetTracker>();
  #open = 0;
  #bytes = 0;

  constructor(private readonly deps: IntakeDeps) {}

  /** Messages read that have not ended. */
  get open(): number { return this.#open; }
  get full(): boolean { return this.#open >= HIGH_MARK || this.#bytes >= HIGH_BYTES; }
  get drained(): boolean { return this.#open <= HIGH_MARK * RESUME_AT && this.#bytes <= HIGH_BYTES * RESUME_AT; }

  /** A new assignment: these partitions of this incarnation of the topic, from their committed offsets. */
  beginEpoch(incarnationId: number, partitions: readonly number[]): void {
    this.#epoch += 1;
    this.#incarnationId = incarnationId;
    this.#trackers = new Map(partitions.map((partition) => [partition, new OffsetTracker()]));
  }

  /** Nothing is assigned: what has not begun is dropped. */
  endEpoch(): void { this.beginEpoch(this.#incarnationId, []); }

  /** Admits records of one partition, in order of offset. @throws RangeError when the offsets went back: it is another topic */
  admit(partition: number, records: readonly IntakeRecord[]): void {
    const tracker = this.#trackers.get(partition);
    if (!tracker) return;
    const epoch = this.#epoch;
    for (const record of records) {
      tracker.begin(record.offset);
      this.#open += 1;
      const ended = () => { this.#open -= 1; tracker.end(record.offset); };
      const position = { incarnationId: this.#incarnationId, partition, offset: record.offset };
      const reading = readRecord(record, position, this.deps.appEnv);
      if (reading.ok) { this.deps.lanes.add({ event: reading.event, ended, wanted: () => this.#wanted(epoch) }); continue; }
      this.deps.log.warn({ partition, offset: record.offset, reason: reading.reason }, 'a message was rejected');
      const bytes = record.value?.length ?? 0;
      this.#bytes += bytes;
      this.deps.rejected.keep({ position, reason: reading.reason, record }).then(() => { this.#bytes -= bytes; ended(); this.deps.onRejected?.(); }, () => {});
    }
  }

  /** Partition -> offset to commit, where anything has ended. */
  committable(): Map<number, number> {
    return new Map([...this.#trackers].flatMap(([partition, { committable }]) => (committable === null ? [] : [[partition, committable] as const])));
  }

  /** Asked by a lane before it begins with a message; one that is told no drops it, once. */
  #wanted(epoch: number): boolean {
    if (epoch === this.#epoch) return true;
    this.#open -= 1;
    return false;
  }
}
