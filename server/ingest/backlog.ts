// Messages that were read and not begun, in columns instead of objects: hundreds of thousands of them fit, at about 160
// bytes each where every one is of another order, and the garbage collector has next to nothing to walk. So a full
// topic can be read to its end, and its urgent messages are seen.
import type { Version } from '../protocol/version.ts';
import { versionOf } from '../upstream/version.ts';
import type { Arrival, Origin } from './arrival.ts';

const SMALLEST = 1024;
/** An emptied backlog gives its memory back when it had room for more than this. */
const KEEP = 65_536;
const NO_VERSION = -1n;
const NO_TIME = -1;

export class Backlog {
  /**
   * Order -> the slot of its newest message. The messages of one order are a ring: after the newest comes the oldest.
   */
  readonly #newest = new Map<string, number>();
  #next = new Int32Array(SMALLEST);
  #offset = new Float64Array(SMALLEST);
  #version = new BigInt64Array(SMALLEST);
  #sentAt = new Float64Array(SMALLEST);
  #since = new Float64Array(SMALLEST);
  #digest = Buffer.alloc(SMALLEST * 16);
  #status: string[] = [];
  #restaurant: (string | null)[] = [];
  #origin: (Origin | undefined)[] = [];
  /** Slots from here on were never used; freed ones are a chain through #next. */
  #unused = 0;
  #free = -1;
  #size = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Messages that wait. */
  get size(): number {
    return this.#size;
  }

  has(orderId: string): boolean {
    return this.#newest.has(orderId);
  }

  /** Behind the waiting messages of the same order. */
  add(arrival: Arrival): void {
    const { orderId } = arrival.event;
    const slot = this.#write(arrival);
    this.#link(slot, this.#newest.get(orderId));
    this.#newest.set(orderId, slot);
  }

  /** Before the waiting messages of their order: they were taken, and have not ended. */
  putBack(orderId: string, arrivals: readonly Arrival[]): void {
    for (const arrival of arrivals.toReversed()) {
      const slot = this.#write(arrival);
      const newest = this.#newest.get(orderId);
      this.#link(slot, newest);
      if (newest === undefined) this.#newest.set(orderId, slot);
    }
  }

  /** The oldest messages of an order, in their order. */
  take(orderId: string, max: number): Arrival[] {
    const newest = this.#newest.get(orderId);
    const arrivals: Arrival[] = [];
    while (newest !== undefined && this.#newest.has(orderId) && arrivals.length < max) {
      const oldest = this.#next[newest]!;
      arrivals.push(this.#arrival(orderId, oldest));
      if (oldest === newest) this.#newest.delete(orderId);
      else this.#next[newest] = this.#next[oldest]!;
      this.#release(oldest);
    }
    return arrivals;
  }

  /** Since when the oldest message of an order waits, by the clock given; undefined when none does. */
  since(orderId: string): number | undefined {
    const newest = this.#newest.get(orderId);
    return newest === undefined ? undefined : this.#since[this.#next[newest]!];
  }

  /**
   * The status, restaurant and time of an order's newest message, with the highest version of all, or null when one has
   * none; undefined when none waits.
   */
  summary(
    orderId: string,
  ): { status: string; version: Version | null; restaurantId: string | null; sentAt: number | null } | undefined {
    const newest = this.#newest.get(orderId);
    if (newest === undefined) return undefined;
    let highest = 0n;
    for (const slot of this.#slotsOf(orderId)) {
      const version = this.#version[slot]!;
      highest = highest === NO_VERSION || version === NO_VERSION ? NO_VERSION : version > highest ? version : highest;
    }
    return {
      status: this.#status[newest]!,
      version: versionOf(highest),
      restaurantId: this.#restaurant[newest]!,
      sentAt: this.#timeOf(newest),
    };
  }

  /** Forgets messages that are not wanted any more: they are another assignment's. */
  prune(): void {
    for (const orderId of this.#newest.keys()) {
      let newest: number | undefined;
      for (const slot of this.#slotsOf(orderId)) {
        if (!this.#origin[slot]!.wanted) {
          this.#release(slot);
          continue;
        }
        this.#link(slot, newest);
        newest = slot;
      }
      if (newest === undefined) this.#newest.delete(orderId);
      else this.#newest.set(orderId, newest);
    }
  }

  /** Read whole, so that slots may be released or linked anew on the way. */
  #slotsOf(orderId: string): number[] {
    const newest = this.#newest.get(orderId);
    const slots: number[] = [];
    if (newest === undefined) return slots;
    let slot = newest;
    do {
      slot = this.#next[slot]!;
      slots.push(slot);
    } while (slot !== newest);
    return slots;
  }

  #timeOf(slot: number): number | null {
    return this.#sentAt[slot] === NO_TIME ? null : this.#sentAt[slot]!;
  }

  #write({ event: { status, version, restaurantId, sentAt, position, digest }, from }: Arrival): number {
    const slot = this.#slot();
    this.#offset[slot] = position.offset;
    this.#version[slot] = version === null ? NO_VERSION : BigInt(version);
    this.#sentAt[slot] = sentAt ?? NO_TIME;
    this.#since[slot] = this.now();
    this.#digest.write(digest, slot * 16, 'hex');
    this.#status[slot] = one(status);
    this.#restaurant[slot] = restaurantId && one(restaurantId);
    this.#origin[slot] = from;
    this.#size += 1;
    return slot;
  }

  #arrival(orderId: string, slot: number): Arrival {
    const from = this.#origin[slot]!;
    return {
      from,
      event: {
        orderId,
        status: this.#status[slot]!,
        restaurantId: this.#restaurant[slot]!,
        version: versionOf(this.#version[slot]),
        sentAt: this.#timeOf(slot),
        digest: this.#digest.toString('hex', slot * 16, slot * 16 + 16),
        position: { incarnationId: from.incarnationId, partition: from.partition, offset: this.#offset[slot]! },
      },
    };
  }

  /** Between the newest and the oldest of the ring: the caller says which of the two it is. */
  #link(slot: number, newest: number | undefined): void {
    this.#next[slot] = newest === undefined ? slot : this.#next[newest]!;
    if (newest !== undefined) this.#next[newest] = slot;
  }

  #slot(): number {
    const slot = this.#free;
    if (slot >= 0) {
      this.#free = this.#next[slot]!;
      return slot;
    }
    if (this.#unused === this.#next.length) this.#grow();
    return this.#unused++;
  }

  #release(slot: number): void {
    this.#origin[slot] = undefined;
    this.#next[slot] = this.#free;
    this.#free = slot;
    this.#size -= 1;
    if (!this.#size && this.#next.length > KEEP) this.#shrink();
  }

  #grow(): void {
    const capacity = this.#next.length * 2;
    const wider = <T extends { set(values: T): void }>(column: T, made: T): T => {
      made.set(column);
      return made;
    };
    this.#next = wider(this.#next, new Int32Array(capacity));
    this.#offset = wider(this.#offset, new Float64Array(capacity));
    this.#version = wider(this.#version, new BigInt64Array(capacity));
    this.#sentAt = wider(this.#sentAt, new Float64Array(capacity));
    this.#since = wider(this.#since, new Float64Array(capacity));
    this.#digest = Buffer.concat([this.#digest, Buffer.alloc(capacity * 8)]);
  }

  #shrink(): void {
    this.#next = new Int32Array(SMALLEST);
    this.#version = new BigInt64Array(SMALLEST);
    [this.#offset, this.#sentAt, this.#since] = [
      new Float64Array(SMALLEST),
      new Float64Array(SMALLEST),
      new Float64Array(SMALLEST),
    ];
    this.#digest = Buffer.alloc(SMALLEST * 16);
    [this.#status, this.#restaurant, this.#origin, this.#unused, this.#free] = [[], [], [], 0, -1];
  }
}

/** Statuses and restaurants are few: one string for each, not one for each message. Beyond a bound they are left as they came. */
const known = new Map<string, string>();
const MAX_KNOWN = 10_000;

function one(text: string): string {
  if (known.size < MAX_KNOWN && !known.has(text)) known.set(text, text);
  return known.get(text) ?? text;
}
