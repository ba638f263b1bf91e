// A titled box of the manager's view.
import type { ReactNode } from 'react';

export function Panel({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="min-w-0 overflow-hidden rounded-2xl border border-line bg-panel">
      <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-4 py-2">
        <h2 className="inline-flex items-center gap-2.5 text-[17px] font-bold">{title}</h2>
        {aside !== undefined && <p className="text-[15px] text-muted tabular-nums">{aside}</p>}
      </div>
      {children}
    </section>
  );
}
