// The light page around one form: signing in, an invitation, a code.
import type { ReactNode } from 'react';

export function DeskPage({ children }: { children: ReactNode }) {
  return (
    <main
      data-theme="light"
      className="grid min-h-dvh content-start justify-items-center bg-bg px-4 py-10 text-text md:pt-24"
    >
      <div className="grid w-full max-w-[26rem] gap-6">
        <a href="/" className="justify-self-start text-[1.375rem] font-extrabold tracking-tight">
          Heard.
        </a>
        {children}
      </div>
    </main>
  );
}
