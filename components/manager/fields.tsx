// The fields of the set-up page.
import type { ReactNode } from 'react';

const box = 'min-h-11 min-w-0 rounded-xl border border-line bg-panel px-3 text-[1rem] font-normal text-text';

export function TextField({ label, field, value, onChange, max = 64, className = '', hidden = false }: { label: string; field: string; value: string; onChange: (value: string) => void; max?: number; className?: string; /** The label is for readers only: a table says it. */ hidden?: boolean }) {
  return (
    <label className={`grid min-w-0 gap-1 text-[0.875rem] font-semibold text-muted ${className}`}>
      <span className={hidden ? 'sr-only' : ''}>{label}</span>
      <input data-field={field} value={value} maxLength={max} onChange={(event) => onChange(event.target.value)} className={box} />
    </label>
  );
}

/** Minutes, kept in seconds; empty is null. */
export function MinutesField({ label, field, seconds, onChange, disabled = false }: { label: string; field: string; seconds: number | null; onChange: (seconds: number | null) => void; disabled?: boolean }) {
  return (
    <label className="grid min-w-0 gap-1 text-[0.875rem] font-semibold text-muted">
      {label}
      <input
        data-field={field} type="number" min={1} max={1440} step={1} inputMode="numeric" disabled={disabled} value={seconds === null ? '' : Math.round(seconds / 6) / 10}
        onChange={({ target: { value } }) => onChange(value === '' || !(Number(value) > 0) ? null : Math.round(Number(value) * 60))} className={`${box} w-28 disabled:opacity-50`}
      />
    </label>
  );
}

export function SelectField<T extends string>({ label, field, value, options, onChange, hidden = false }: { label: string; field: string; value: T; options: readonly (readonly [T, string])[]; onChange: (value: T) => void; hidden?: boolean }) {
  return (
    <label className="grid min-w-0 gap-1 text-[0.875rem] font-semibold text-muted">
      <span className={hidden ? 'sr-only' : ''}>{label}</span>
      <select data-field={field} value={value} onChange={(event) => onChange(event.target.value as T)} className={box}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function CheckField({ children, field, checked, onChange, type = 'checkbox', name }: { children: ReactNode; field: string; checked: boolean; onChange: (checked: boolean) => void; type?: 'checkbox' | 'radio'; name?: string }) {
  return (
    <label className="inline-flex min-h-11 items-center gap-2.5 text-[1rem] font-semibold">
      <input data-field={field} type={type} {...(name !== undefined && { name })} checked={checked} onChange={(event) => onChange(event.target.checked)} className="size-5 accent-(--info)" />
      {children}
    </label>
  );
}
