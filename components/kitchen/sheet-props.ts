// What the lists over the board are called, and what each is given.
import type { StationTicket } from './station-tickets.ts';

export type SheetName = 'recall' | 'all-day' | 'sold-out' | 'settings' | 'keys' | 'ticket';

export interface SheetProps {
  readonly stationId: string | null;
  readonly tickets: readonly StationTicket[];
  /** Of the sheet that shows one ticket. */
  readonly ticketId: string | null;
  readonly onOpen: (sheet: SheetName) => void;
  readonly onClose: () => void;
}
