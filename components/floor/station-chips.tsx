// How far each station is with an order: "Grill 2/3", with a tick when it has done its part.
import { Check } from 'lucide-react';
import type { OrderView } from '../../server/protocol/views.ts';
import { stationProgress } from './floor-cards.ts';

export function StationChips({ order, stationNames }: { order: OrderView; stationNames: ReadonlyMap<string, string> }) {
  const stations = stationProgress(order);
  if (stations.length === 0) return null;
  return (
    <ul aria-label="Stations" className="flex flex-wrap gap-1.5 border-t border-line px-3.5 py-2">
      {stations.map(({ stationId, done, total }) => {
        const look = done === total ? 'bg-ready-soft text-ready' : 'bg-head';
        const name = stationNames.get(stationId) ?? 'Kitchen';
        return (
          <li key={stationId} data-station={name} className={`inline-flex items-center gap-1.5 rounded-lg px-2 py-1 text-[15px] leading-5 font-bold tabular-nums ${look}`}>
            {done === total && <Check aria-hidden className="size-4" strokeWidth={3} />}
            {name} {done}/{total}
          </li>
        );
      })}
    </ul>
  );
}
