'use client';
// The orders for later, at the pass and on the floor.
import { useTranslations } from '../i18n/index.ts';
import { placeOf } from '../order/place.ts';
import { UpcomingSheet } from '../order/upcoming-sheet.tsx';

export function FloorUpcomingSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('floor');
  return <UpcomingSheet stationId={null} place={(order) => placeOf(t, order)} onClose={onClose} />;
}
