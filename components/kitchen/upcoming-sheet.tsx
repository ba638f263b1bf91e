'use client';
// The orders for later at this station.
import { useTranslations } from '../i18n/index.ts';
import { UpcomingSheet } from '../order/upcoming-sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';
import { ticketPlaceWords } from './ticket-words.ts';

export function KitchenUpcomingSheet({ stationId, onClose }: BoardSheetProps) {
  const t = useTranslations('board');
  return <UpcomingSheet stationId={stationId} place={(order) => ticketPlaceWords(t, order)} onClose={onClose} />;
}
