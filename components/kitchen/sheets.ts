'use client';
// The sheets over the board. The code of a sheet is loaded when it is first opened, so that the board itself loads
// quickly. Once the board has been live for a while, the code is loaded ahead, so that sheets open in an outage too.
import { useCallback, useEffect, useState, type ComponentType } from 'react';
import type { SheetName, BoardSheetProps } from './sheet-props.ts';

type Loaded = ComponentType<BoardSheetProps>;

const loaders: Record<SheetName, () => Promise<Loaded>> = {
  recall: async () => (await import('./recall-sheet.tsx')).RecallSheet,
  'all-day': async () => (await import('./all-day-sheet.tsx')).AllDaySheet,
  'sold-out': async () => (await import('./sold-out-sheet.tsx')).SoldOutSheet,
  settings: async () => (await import('./settings-sheet.tsx')).SettingsSheet,
  keys: async () => (await import('./keys-sheet.tsx')).KeysSheet,
  ticket: async () => (await import('./ticket-sheet.tsx')).TicketSheet,
};

const AHEAD_MS = 6000;

export interface OpenSheet {
  readonly name: SheetName;
  readonly Sheet: Loaded;
  readonly ticketId: string | null;
}

const FAILED_MS = 5000;

/** `failed` is true for a few seconds when the code of a sheet could not be loaded. */
export function useSheets(): {
  sheet: OpenSheet | null;
  failed: boolean;
  open: (name: SheetName, ticketId?: string) => void;
  close: () => void;
} {
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    // A load that fails now is tried again when the sheet is opened.
    const timer = setTimeout(() => void Promise.allSettled(Object.values(loaders).map((load) => load())), AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!failed) return undefined;
    const timer = setTimeout(() => setFailed(false), FAILED_MS);
    return () => clearTimeout(timer);
  }, [failed]);
  const open = useCallback((name: SheetName, ticketId: string | null = null) => {
    loaders[name]().then(
      (Sheet) => setSheet({ name, Sheet, ticketId }),
      () => setFailed(true),
    );
  }, []);
  const close = useCallback(() => setSheet(null), []);
  return { sheet, failed, open, close };
}
