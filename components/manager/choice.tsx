// A small choice in the head of a panel: "Why: all".

export function Choice<T extends string>({ name, action, value, options, onChoose }: { name: string; action: string; value: T; options: readonly (readonly [T, string])[]; onChoose: (value: T) => void }) {
  return (
    <label className="inline-flex min-h-10 items-center gap-1 rounded-xl border border-line bg-panel pl-3 text-[0.9375rem] font-bold">
      {name}:
      <select data-action={action} value={value} onChange={(event) => onChoose(event.target.value as T)} className="min-h-10 max-w-44 rounded-xl bg-panel pr-2 font-bold">
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
