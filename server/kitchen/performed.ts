// What every command on an order is told, and what it answers.
import type { Why } from '../protocol/commands.ts';
import type { Courses } from '../protocol/facts.ts';
import type { KitchenOrder } from '../order/order.ts';

export interface PerformContext {
  /** RFC 3339. */
  now: string;
  /** Who tapped, by name. */
  by: string | null;
  /** The station of the screen that was tapped; null where it is none's. */
  stationId: string | null;
  courses: Courses;
  /** The ids of the restaurant's stations in use. */
  stations: readonly string[];
  newId: () => string;
}

export type Performed = { after: KitchenOrder } | { conflict: Why };
