// A titled box of the manager's view.
import type { ReactNode } from 'react';

export function Panel({
  title,
  aside,
  actions,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="min-w-0 overflow-hidden rounded-2xl border border-line bg-panel">
      <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-4 py-2">
        <h2 className="inline-flex items-center gap-2.5 text-[1.0625rem] font-bold">{title}</h2>
        {aside !== undefined && <p className="text-[0.9375rem] text-muted tabular-nums">{aside}</p>}
        {actions !== undefined && <div className="ml-auto flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
