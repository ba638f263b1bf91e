// The names of the sheets over the board, and the props that each receives.
import type { StationTicket } from './station-tickets.ts';

export type SheetName = 'recall' | 'all-day' | 'sold-out' | 'upcoming' | 'settings' | 'keys' | 'ticket';

export interface BoardSheetProps {
  readonly stationId: string | null;
  readonly tickets: readonly StationTicket[];
  /** For the sheet that shows one ticket: its id. */
  readonly ticketId: string | null;
  readonly onOpen: (sheet: SheetName) => void;
  /** Bumps a ticket with its undo, as its card does. */
  readonly onBump: (card: StationTicket) => void;
  readonly onClose: () => void;
}
