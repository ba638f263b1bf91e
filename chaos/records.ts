// The data that the checker compares: upstream's messages and truth, our database's rows, and the boards that screens
// showed. It is plain data, so that a test can spoil it and try the check.

export interface Place {
  incarnationId: number;
  partition: number;
  offset: number;
}

/**
 * A message that is or was in the topic. `topic`: 0 for the first topic of that name, 1 for the one created after it,
 * and so on.
 */
export interface Produced {
  topic: number;
  partition: number;
  offset: number;
  key: string | null;
  version: number | null;
}

export interface Ended extends Place {
  seq: number;
  orderId: string;
  kind: string;
  version: number | null;
}
export interface Parked extends Place {
  orderId: string;
  state: string;
  attempts: number;
}
export interface MissingRange {
  incarnationId: number;
  partition: number;
  from: number;
  to: number;
}

export interface Line {
  id: string;
  /** The line of upstream's that it is a later part of. */
  partOf?: string | null;
  name: string;
  quantity: number;
  voided: boolean;
  state: string;
  stationId: string;
}
export interface Ticket {
  id: string;
  stationId: string;
  state: string;
}
export interface KitchenOrder {
  id: string;
  restaurantId: string;
  status: string;
  version: number | null;
  table: string | null;
  closed: boolean;
  lines: Line[];
  tickets: Ticket[];
}

/** All records of our database. */
export interface Records {
  /** In the order in which they were created. */
  incarnations: number[];
  ended: Ended[];
  parked: Parked[];
  rejected: Place[];
  missing: MissingRange[];
  orders: KitchenOrder[];
  revs: Record<string, number>;
  /** Taps that the kitchen carried out or refused, by their ids. */
  taps: { id: string; outcome: string }[];
  mails: string[];
}

/** An order as the ordering platform has it. */
export interface Truth {
  id: string;
  restaurantId: string;
  status: string;
  version: number;
  table: string | null;
  items: { id: string; name: string; quantity: number; voided: boolean }[];
}

export type ShownOrder = Pick<KitchenOrder, 'id' | 'status' | 'version' | 'table' | 'lines' | 'tickets'>;
export interface Shown {
  screen: string;
  restaurantId: string;
  /** Null for a screen of the whole restaurant. */
  stationId: string | null;
  rev: number | null;
  orders: ShownOrder[];
  /** The occasions on which it showed an older state after a newer one. */
  backward: string[];
}

/** A tap that was confirmed to a screen. */
export interface Tapped {
  id: string;
  /** When it was confirmed, by Date.now(). */
  at?: number;
  orderId: string;
  ticketId: string;
}

/** An offset that the group had committed while this many of the messages before it had no fate. */
export interface Overcommitted {
  partition: number;
  committed: number;
  without: number;
}

export interface Run {
  produced: Produced[];
  truth: Truth[];
  records: Records;
  shown: Shown[];
  tapped: Tapped[];
  overcommitted: Overcommitted[];
  maxAttempts: number;
}
