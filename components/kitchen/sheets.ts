'use client';
// The sheets over the board. The code of a sheet is loaded when it is first opened, so that the board itself loads
// quickly. Once the board has been live for a while, the code is loaded ahead, so that sheets open in an outage too.
import { useCallback, useEffect, useState } from 'react';
import type { LateCode } from '../ui/late.ts';
import { lateSheet } from '../ui/late-sheet.tsx';
import type { SheetName, BoardSheetProps } from './sheet-props.ts';

const sheets: Record<SheetName, LateCode<BoardSheetProps>> = {
  recall: lateSheet(async () => (await import('./recall-sheet.tsx')).RecallSheet),
  'all-day': lateSheet(async () => (await import('./all-day-sheet.tsx')).AllDaySheet),
  'sold-out': lateSheet<BoardSheetProps>(async () => (await import('./sold-out-sheet.tsx')).KitchenSoldOutSheet),
  upcoming: lateSheet<BoardSheetProps>(async () => (await import('./upcoming-sheet.tsx')).KitchenUpcomingSheet),
  settings: lateSheet(async () => (await import('./settings-sheet.tsx')).SettingsSheet),
  keys: lateSheet<BoardSheetProps>(async () => (await import('../keys/keys-sheet.tsx')).KeysSheet),
  ticket: lateSheet(async () => (await import('./ticket-sheet.tsx')).TicketSheet),
};

const AHEAD_MS = 6000;

export interface OpenSheet {
  readonly Sheet: LateCode<BoardSheetProps>;
  readonly ticketId: string | null;
}

export function useSheets(): {
  sheet: OpenSheet | null;
  open: (name: SheetName, ticketId?: string) => void;
  close: () => void;
} {
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  useEffect(() => {
    // A load that fails now is tried again when the sheet is opened.
    const timer = setTimeout(() => void Promise.allSettled(Object.values(sheets).map((each) => each.load())), AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  const open = useCallback(
    (name: SheetName, ticketId: string | null = null) => setSheet({ Sheet: sheets[name], ticketId }),
    [],
  );
  const close = useCallback(() => setSheet(null), []);
  return { sheet, open, close };
}
