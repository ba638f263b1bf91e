'use client';
// The parts of the floor's and the pass's sheets: buttons of 52 px with an icon, and headings.
import type { IconNode } from 'lucide';
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';

export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>;
}

interface ButtonProps {
  icon?: IconNode;
  action: string;
  pressed?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function SheetButton({ icon, action, pressed, onClick, children }: ButtonProps) {
  const colours = pressed ? 'border-info bg-info-fill text-on-info' : 'border-line bg-head';
  return (
    <button
      type="button"
      data-action={action}
      aria-pressed={pressed}
      onClick={onClick}
      className={`inline-flex min-h-13 min-w-13 items-center justify-center gap-2 rounded-xl border px-4 py-1.5 text-left text-[1.0625rem] leading-5 font-bold [overflow-wrap:anywhere] active:brightness-125 ${colours}`}
    >
      {icon && <Icon of={icon} className="size-5 shrink-0" strokeWidth={2.5} />}
      {children}
    </button>
  );
}

export function SheetPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="pb-2 text-[1rem] font-bold text-muted">{title}</h3>
      {children}
    </section>
  );
}
