// What every command on an order is told, and what it answers.
import type { Why } from '../commands.ts';
import type { Courses } from '../facts.ts';
import type { OrderView } from '../views.ts';

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

export type Performed<O extends OrderView> = { after: O } | { conflict: Why };
