'use client';
// The lists over the board. Their code is loaded when one is first opened, since the board must be there quickly; when
// the board has been live for a while it is fetched ahead, so that it is there in an outage.
import { useCallback, useEffect, useState, type ComponentType } from 'react';
import type { SheetName, SheetProps } from './sheet-props.ts';

type Loaded = ComponentType<SheetProps>;

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

/** `failed` for a few seconds where a sheet's code cannot be had just now. */
export function useSheets(): {
  sheet: OpenSheet | null;
  failed: boolean;
  open: (name: SheetName, ticketId?: string) => void;
  close: () => void;
} {
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    // Whatever fails now is tried again when it is opened.
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
