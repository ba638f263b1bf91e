// The input that every command on an order gets, and its result.
import type { Why } from '../commands.ts';
import type { AllergyReader } from '../readings.ts';
import type { OrderState } from '../views.ts';
import type { FiringRules } from './courses.ts';

export interface PerformContext extends FiringRules {
  /** RFC 3339. */
  now: string;
  /** The name of the person or device that tapped. */
  by: string | null;
  /** The station of the screen that was tapped; null where it has none. */
  stationId: string | null;
  /** The ids of the restaurant's stations in use. */
  stations: readonly string[];
  newId: () => string;
  /** Whether an allergy must be seen before a bump and before a hand-over. */
  allergySeen: boolean;
  /** Tells the allergies of the order's texts. */
  reader: AllergyReader;
}

export type Performed<O extends OrderState> = { after: O } | { conflict: Why };
