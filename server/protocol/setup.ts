// How a restaurant is set up, as its managers see and change it.
import type { Courses, Thresholds } from './facts.ts';

export const ORDER_TYPES = ['DINE_IN', 'TAKEAWAY', 'DELIVERY'] as const;

/** A dish goes to the first station with a route whose every given field is its own. */
export interface SetupRoute {
  category?: string;
  sku?: string;
  type?: (typeof ORDER_TYPES)[number];
}
export interface SetupStation {
  name: string;
  fallback: boolean;
  routes: SetupRoute[];
  combine: boolean;
  thresholds: Thresholds;
}
export interface Setup {
  name: string;
  timeZone: string;
  courses: Courses;
  stations: SetupStation[];
}

/** `version` names this state of it: a change of a state that is not the newest is refused. */
export interface SetupNow {
  setup: Setup;
  version: string;
  discovered: boolean;
}

/** Where a dish would go, and why: the route that takes it, or null where no route does and the fallback has it. */
export interface Tried {
  station: string;
  route: SetupRoute | null;
}

/**
 * What a change of the set-up means for what is in the kitchen now. Nothing moves: `elsewhere` are dishes that would go
 * to another station if they came now, the first of `count`; `retired` are stations that go, and keep their open
 * tickets until these are done.
 */
export interface SetupEffects {
  elsewhere: { orderId: string; number: string; dish: string; from: string; to: string }[];
  count: number;
  retired: { station: string; tickets: number; screens: number }[];
}

/** What a change of the set-up changed, for words in the reader's language. `station` where it is about one. */
export interface SetupChange {
  what:
    | 'made'
    | 'name'
    | 'time-zone'
    | 'courses'
    | 'station-added'
    | 'station-removed'
    | 'order-of-stations'
    | 'fallback'
    | 'routes'
    | 'thresholds'
    | 'combine';
  station?: string;
  from?: string;
  to?: string;
}

/** Under what a manager looks for a change. */
export const CHANGE_KINDS = ['setup', 'devices', 'people', 'kitchen'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** `changes` where the set-up was changed; `late`: it came too late to be carried out. */
export interface ChangeDetail {
  changes?: SetupChange[];
  role?: string;
  was?: { name: string; role: string };
  name?: string;
  note?: string;
  station?: string;
  device?: string;
  orderId?: string;
  on?: boolean;
  course?: number;
  late?: true;
}

/**
 * `action` is `restaurant.put`, `kitchen.rush` and so on; `about` the name of the device, person or dish, or the
 * order's number.
 */
export interface ChangeEntry {
  id: string;
  at: string;
  actor: string | null;
  action: string;
  about: string | null;
  detail: ChangeDetail;
}

/** Newest first. `people` are the names of those who did anything lately; on the first page only. */
export interface ChangePage {
  entries: ChangeEntry[];
  nextCursor: string | null;
  people?: string[];
}

/** Two names with the same key are the same station: its screen is opened by a path that does not mind case. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();
