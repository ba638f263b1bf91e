// The names of the sheets over the board, and the props that each receives.
import type { TicketActions } from './kitchen-actions.ts';
import type { StationTicket } from './station-tickets.ts';

export type SheetName = 'recall' | 'all-day' | 'sold-out' | 'upcoming' | 'settings' | 'keys' | 'ticket';

export interface BoardSheetProps {
  readonly stationId: string | null;
  readonly tickets: readonly StationTicket[];
  /** For the sheet that shows one ticket: its id. */
  readonly ticketId: string | null;
  readonly onOpen: (sheet: SheetName) => void;
  /** The actions of a card, with their undo. */
  readonly actions: TicketActions;
  readonly onClose: () => void;
}
