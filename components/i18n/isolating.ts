// A translator whose sentences keep the texts that are put into them apart: a name that is written from right to left
// turns nothing else of its sentence.
import { isolated } from '../../server/protocol/rules/isolate.ts';

type Values = Readonly<Record<string, unknown>>;
type Translate = ((key: string, values?: Values, ...more: unknown[]) => unknown) & {
  rich: (key: string, values?: Values, ...more: unknown[]) => unknown;
};

/** One for each translator, since memos compare them. */
const wrapped = new WeakMap<object, unknown>();

export function isolating<T extends object>(translate: T): T {
  const known = wrapped.get(translate);
  if (known) return known as T;
  const t = translate as unknown as Translate;
  const made = Object.assign(
    (key: string, values?: Values, ...more: unknown[]) => t(key, apart(values), ...more),
    translate,
    { rich: (key: string, values?: Values, ...more: unknown[]) => t.rich(key, apart(values), ...more) },
  );
  wrapped.set(translate, made);
  return made as unknown as T;
}

function apart(values: Values | undefined): Values | undefined {
  if (!values) return values;
  let kept: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') continue;
    const own = isolated(value);
    if (own !== value) (kept ??= { ...values })[name] = own;
  }
  return kept ?? values;
}
