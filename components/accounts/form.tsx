'use client';
// The parts of these pages' forms.
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';

const box = 'min-h-11 w-full rounded-lg border border-line bg-panel px-3 text-[1rem] text-text';

export function Field({
  label,
  hint,
  className = '',
  ...input
}: InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: ReactNode }) {
  const [id, hintId] = [useId(), useId()];
  return (
    <div className={`grid content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-[0.9375rem] font-semibold">
        {label}
      </label>
      <input
        id={id}
        className={box}
        autoComplete="off"
        spellCheck={false}
        {...(hint ? { 'aria-describedby': hintId } : {})}
        {...input}
      />
      {hint && (
        <p id={hintId} className="text-[0.875rem] leading-5 text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

export function FormChoice({
  label,
  options,
  className = '',
  ...select
}: SelectHTMLAttributes<HTMLSelectElement> & { label: string; options: readonly { value: string; name: string }[] }) {
  const id = useId();
  return (
    <div className={`grid content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-[0.9375rem] font-semibold">
        {label}
      </label>
      <select id={id} className={box} {...select}>
        {options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A failure or a success in words; a screen reader reads it out when it appears. */
export function FormNotice({ tone = 'late', children }: { tone?: 'late' | 'ready'; children: ReactNode }) {
  if (!children) return null;
  const colours = { late: 'border-late bg-late-soft text-late', ready: 'border-ready bg-ready-soft text-ready' }[tone];
  return (
    <p
      role={tone === 'late' ? 'alert' : 'status'}
      className={`rounded-lg border px-3 py-2 text-[0.9375rem] leading-6 ${colours}`}
    >
      {children}
    </p>
  );
}

export function FormPanel({ title, children, aside }: { title?: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <section className="grid min-w-0 grid-cols-1 content-start gap-4 rounded-2xl border border-line bg-panel p-5">
      {(title || aside) && (
        <div className="flex flex-wrap items-baseline justify-between gap-3">
          {title && <h2 className="text-[1.1875rem] font-bold">{title}</h2>}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
