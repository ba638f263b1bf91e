// What managers are told over HTTP beside the live board: times, what is usual, delayed orders that no screen has yet,
// and an order's story.
import type { CommandKind } from './commands.ts';

/** An order of which a message waits in the retry table, or has FAILED there. */
export interface ParkedOrder {
  orderId: string;
  /** Null where the kitchen has never had it. */
  number: string | null;
  where: string | null;
  state: 'PARKED' | 'FAILED';
  messages: number;
  attempts: number;
  parkedAt: string;
  nextAttemptAt: string | null;
  lastError: string | null;
  /** Told to operators only: nothing says yet whose order it is. */
  unknownRestaurant: boolean;
}

export interface ParkedOrders {
  orders: ParkedOrder[];
  /** All of them, of which `orders` holds the longest waiting. */
  count: number;
  /** How many others wait of which nothing says whose they are; they may be this restaurant's. */
  unknown: number;
}

/** Seconds; null where there was nothing to measure. */
export interface Spread {
  count: number;
  p50: number | null;
  p90: number | null;
}

/** Of the moment that it was asked. */
export interface Usual {
  /**
   * Orders with a ticket open in the kitchen, and those of them that were late, at this hour of earlier days: the
   * median. Null: no day to compare with.
   */
  open: number | null;
  late: number | null;
  /** The days that were compared with: of the same weekday, or else any. */
  days: number;
  sameWeekday: boolean;
  /** Tickets bumped in the last hour, and in the same hour a week ago. */
  lastHour: Spread;
  weekAgo: Spread;
  /** From when a ticket was fired to the first screen of its station that confirmed it, today. */
  toScreen: Spread & { slowest: { seconds: number; at: string } | null };
}

/** One row of a table of times. `name` is a station's or a dish's. */
export interface TimesRow extends Spread {
  key: string;
  name: string;
}

export interface Times {
  /** Days of the restaurant's time zone, YYYY-MM-DD, both included. */
  from: string;
  to: string;
  /** All tickets. */
  all: Spread;
  stations: TimesRow[];
  dishes: TimesRow[];
  /** Of the hours of the day, 0 to 23, that had tickets. */
  hours: (Spread & { hour: number })[];
  /** The 24 hours of today and of the same day a week ago. */
  today: (Spread & { hour: number })[];
  weekAgo: (Spread & { hour: number })[];
}

/** What became of an order, moment by moment. `by` and `device` are names, as far as they are known. */
export type StoryEvent = { at: string } & (
  | { kind: 'placed' }
  | { kind: 'received' }
  /** `error`: it did not bring what was needed. `messages` ended by it. */
  | { kind: 'fetch'; ms: number | null; tries: number; error: string | null }
  | {
      kind: 'message';
      fate: string;
      status: string | null;
      version: number | null;
      partition: number;
      offset: number;
      redelivery: boolean;
    }
  | { kind: 'parked'; partition: number; offset: number; error: string | null }
  | { kind: 'failed'; partition: number; offset: number; attempts: number; error: string | null }
  | { kind: 'next-try'; attempts: number; error: string | null }
  | { kind: 'operator'; action: 'retry' | 'discard'; by: string }
  | { kind: 'rejected'; partition: number; offset: number; reason: string }
  | { kind: 'fired'; station: string; dishes: string[]; course: number | null; firing: number }
  | { kind: 'held'; station: string; dishes: string[]; course: number | null; heldFor: string | null }
  | { kind: 'confirmed'; station: string; by: string | null; ms: number }
  | {
      kind: 'tap';
      command: CommandKind;
      by: string | null;
      device: string | null;
      station: string | null;
      dishes: string[];
      note: string | null;
      outcome: string;
      why: string | null;
    }
  | { kind: 'closed' }
  | { kind: 'archived' }
);

export interface Story {
  orderId: string;
  /** The order's number, or its id. */
  number: string;
  status: string | null;
  type: string | null;
  table: string | null;
  archived: boolean;
  events: StoryEvent[];
}
