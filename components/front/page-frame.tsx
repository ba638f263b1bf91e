// The plain frame of every page that is not a board: the front page, and the pages for not paired, not found, or
// broken.
import type { ReactNode } from 'react';

export function PageFrame({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <main data-theme="dark" className="min-h-dvh bg-bg px-5 py-10 text-text md:py-16">
      <div className={`mx-auto ${wide ? 'max-w-6xl' : 'max-w-2xl'}`}>{children}</div>
    </main>
  );
}

/** A page with one message, big enough for a tablet on a wall. */
export function MessagePage({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <PageFrame>
      <div className="grid min-h-[calc(100dvh-8rem)] content-center gap-5">
        {icon}
        <h1 className="text-[34px] leading-tight font-bold text-balance md:text-[44px]">{title}</h1>
        <div className="grid gap-4 text-[20px] leading-8 text-muted md:text-[22px]">{children}</div>
      </div>
    </PageFrame>
  );
}

/** The link back to the front page, from a page that leads nowhere. */
export function ToScreens({ children }: { children: ReactNode }) {
  return (
    <p>
      <a href="/" className="inline-flex min-h-16 items-center rounded-xl bg-head px-6 font-bold text-text">
        {children}
      </a>
    </p>
  );
}
