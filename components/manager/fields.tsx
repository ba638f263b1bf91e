// The fields of a manager's pages.
import type { ReactNode } from 'react';

const box = 'min-h-11 min-w-0 rounded-xl border border-line bg-panel px-3 text-[1rem] font-normal text-text';

export function TextField({
  label,
  field,
  value,
  onChange,
  max = 64,
  className = '',
  hidden = false,
}: {
  label: string;
  field: string;
  value: string;
  onChange: (value: string) => void;
  max?: number;
  className?: string;
  /** The label is for readers only: a table says it. */
  hidden?: boolean;
}) {
  return (
    <label className={`grid min-w-0 gap-1 text-[0.875rem] font-semibold text-muted ${className}`}>
      <span className={hidden ? 'sr-only' : ''}>{label}</span>
      <input
        data-field={field}
        value={value}
        maxLength={max}
        onChange={(event) => onChange(event.target.value)}
        className={box}
      />
    </label>
  );
}

/** Minutes, kept in seconds; empty is null. */
export function MinutesField({
  label,
  field,
  seconds,
  onChange,
  disabled = false,
}: {
  label: string;
  field: string;
  seconds: number | null;
  onChange: (seconds: number | null) => void;
  disabled?: boolean;
}) {
  return (
    <label className="grid min-w-0 gap-1 text-[0.875rem] font-semibold text-muted">
      {label}
      <input
        data-field={field}
        type="number"
        min={1}
        max={1440}
        step={1}
        inputMode="numeric"
        disabled={disabled}
        value={seconds === null ? '' : Math.round(seconds / 6) / 10}
        onChange={({ target: { value } }) =>
          onChange(value === '' || !(Number(value) > 0) ? null : Math.round(Number(value) * 60))
        }
        className={`${box} w-28 disabled:opacity-50`}
      />
    </label>
  );
}

/** A whole number from 1 on. What is no such number is not taken. */
export function NumberField({
  label,
  field,
  value,
  max,
  onChange,
}: {
  label: string;
  field: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}) {
  return (
    <label className="grid min-w-0 gap-1 text-[0.875rem] font-semibold text-muted">
      {label}
      <input
        data-field={field}
        type="number"
        min={1}
        max={max}
        step={1}
        inputMode="numeric"
        value={value}
        onChange={({ target: { valueAsNumber } }) =>
          Number.isInteger(valueAsNumber) && valueAsNumber >= 1 && valueAsNumber <= max && onChange(valueAsNumber)
        }
        className={`${box} w-28`}
      />
    </label>
  );
}

interface SelectProps<T extends string> {
  label: string;
  field: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
  hidden?: boolean;
  /** "Why: all", in the head of a panel. */
  inline?: boolean;
}

export function SelectField<T extends string>({
  label,
  field,
  value,
  options,
  onChange,
  hidden = false,
  inline = false,
}: SelectProps<T>) {
  return (
    <label
      className={
        inline
          ? 'inline-flex min-h-10 items-center gap-1 rounded-xl border border-line bg-panel pl-3 text-[0.9375rem] font-bold'
          : 'grid min-w-0 gap-1 text-[0.875rem] font-semibold text-muted'
      }
    >
      <span className={hidden ? 'sr-only' : ''}>{inline ? `${label}:` : label}</span>
      <select
        data-field={field}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className={inline ? 'min-h-10 max-w-44 rounded-xl bg-panel pr-2 font-bold [field-sizing:content]' : box}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function CheckField({
  children,
  field,
  checked,
  onChange,
  type = 'checkbox',
  name,
}: {
  children: ReactNode;
  field: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  type?: 'checkbox' | 'radio';
  name?: string;
}) {
  return (
    <label className="inline-flex min-h-11 items-center gap-2.5 text-[1rem] font-semibold">
      <input
        data-field={field}
        type={type}
        {...(name !== undefined && { name })}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-5 accent-(--info)"
      />
      {children}
    </label>
  );
}
