// A restaurant that nobody set up yet works, but with one station only; its manager is the one to say so to.
import { Store } from 'lucide-react';

export function DiscoveredNotice() {
  return (
    <p role="note" className="flex items-center gap-3 rounded-2xl border border-warn-fill bg-warn-soft px-4 py-3 text-[16px] font-semibold text-warn">
      <Store aria-hidden className="size-5 shrink-0" strokeWidth={2.5} />
      This restaurant was made from an order that named it: set up its stations.
    </p>
  );
}
