// Between the consumer and the lanes: reads each record, registers its offset, hands it to its order's lane, and knows
// which offsets may be committed. Every join of the group starts a new epoch, since KafkaJS tells of no revocation. A
// message of an older epoch that is under way ends in the database but moves no offset here. Its record is read again by
// the present owner of the partition.
import { OffsetTracker } from './offset-tracker.ts';
import type { Logger } from '../logger.ts';
import { readRecord, type OrderEvent, type Position, type RawRecord } from '../upstream/message.ts';
import type { Lanes } from './lanes.ts';
import type { Origin } from './arrival.ts';
import type { RejectedMessages } from './rejected.ts';

export interface IntakeRecord extends RawRecord {
  offset: number;
  /** No message, but a place that a transaction left: it has ended. */
  passed?: boolean;
}

export interface IntakeDeps {
  appEnv: string;
  lanes: Pick<Lanes, 'add' | 'prune'>;
  rejected: RejectedMessages;
  log: Logger;
  onRejected?: () => void;
}

/**
 * Messages in memory, and bytes of those that are kept whole. One that has ended behind one that has not is kept as an
 * offset, and counts half. Each partition may have its share of both, so that a hot
 * one does not keep the others from being read; it pauses at either mark and resumes at 70 % of both.
 */
export const HIGH_MARK = 500_000;
const HIGH_BYTES = 32 << 20;
/** Of a whole message, that an offset behind an open one takes (some 80 bytes of 150). */
const BEHIND_COUNTS = 0.5;
const RESUME_AT = 0.7;
/** Memory of a message that is kept whole, beside its bytes: a flood of small ones would fill the memory, too. */
const KEPT_BYTES = 1024;

export class Intake {
  #readings = new Map<number, Reading>();
  #incarnationId = 0;
  #lastEnded: Position | null = null;

  constructor(private readonly deps: IntakeDeps) {}

  /** Messages read that have not ended. */
  get open(): number {
    return [...this.#readings.values()].reduce((sum, { open }) => sum + open, 0);
  }

  /** The message of this epoch that ended last, by the clock; null before the first. */
  get lastEnded(): Position | null {
    return this.#lastEnded;
  }

  /** Reading this partition must pause. One that is not assigned is never full. */
  full(partition: number): boolean {
    return this.#load(partition) >= 1;
  }
  drained(partition: number): boolean {
    return this.#load(partition) <= RESUME_AT;
  }

  /** A new assignment: these partitions of this incarnation of the topic, from their committed offsets. */
  beginEpoch(incarnationId: number, partitions: readonly number[]): void {
    for (const reading of this.#readings.values()) reading.wanted = false;
    this.deps.lanes.prune();
    this.#incarnationId = incarnationId;
    this.#lastEnded = null;
    const note = (position: Position) => {
      this.#lastEnded = position;
    };
    this.#readings = new Map(partitions.map((partition) => [partition, new Reading(incarnationId, partition, note)]));
  }

  /** Nothing is assigned: messages that have not begun are dropped. */
  endEpoch(): void {
    this.beginEpoch(this.#incarnationId, []);
  }

  /**
   * Admits records of one partition, in order of offset. @throws RangeError when the offsets went back: it is another
   * topic
   */
  admit(partition: number, records: readonly IntakeRecord[]): void {
    const reading = this.#readings.get(partition);
    if (!reading) return;
    for (const record of records) {
      if (record.passed) {
        reading.pass(record.offset);
        continue;
      }
      const position = { incarnationId: this.#incarnationId, partition, offset: record.offset };
      reading.begin(record.offset);
      const read = readRecord(record, position, this.deps.appEnv);
      if (read.ok) {
        this.deps.lanes.add({ event: read.event, from: reading });
        continue;
      }
      this.deps.log.warn({ partition, offset: record.offset, reason: read.reason }, 'a message was rejected');
      const bytes = KEPT_BYTES + (record.key?.length ?? 0) + (record.value?.length ?? 0);
      reading.bytes += bytes;
      this.deps.rejected.keep({ position, reason: read.reason, record }).then(
        () => {
          reading.bytes -= bytes;
          reading.ended({ position });
          this.deps.onRejected?.();
        },
        () => {},
      );
    }
  }

  /** Partition -> offset to commit, where anything has ended. */
  committable(): Map<number, number> {
    return new Map(
      [...this.#readings].flatMap(([partition, { committable }]) =>
        committable === null ? [] : [[partition, committable] as const],
      ),
    );
  }

  /** Of the marks that apply to one partition, how much is used: 1 is all of it. */
  #load(partition: number): number {
    const reading = this.#readings.get(partition);
    return reading ? this.#readings.size * Math.max(reading.held / HIGH_MARK, reading.bytes / HIGH_BYTES) : 0;
  }
}

/** One partition, as this assignment reads it. */
class Reading implements Origin {
  readonly #tracker = new OffsetTracker();
  wanted = true;
  open = 0;
  /** Of messages that are kept whole. */
  bytes = 0;

  constructor(
    readonly incarnationId: number,
    readonly partition: number,
    private readonly note: (position: Position) => void,
  ) {}

  get committable(): number | null {
    return this.#tracker.committable;
  }

  /** Messages that take up memory. */
  get held(): number {
    const behind = this.#tracker.open - this.open;
    return this.open + behind * BEHIND_COUNTS;
  }

  /** @throws RangeError */
  begin(offset: number): void {
    this.#tracker.begin(offset);
    this.open += 1;
  }

  /** @throws RangeError */
  pass(offset: number): void {
    this.#tracker.begin(offset);
    this.#tracker.end(offset);
  }

  ended({ position }: Pick<OrderEvent, 'position'>): void {
    this.open -= 1;
    this.#tracker.end(position.offset);
    if (this.wanted) this.note(position);
  }
}
