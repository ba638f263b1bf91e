// The allergies of an order's guests as all screens show them: the rows of the band above its dishes, and the marks of
// the dishes. The rule itself stands in server/protocol/rules/allergies.ts.
import { allergyExcerpt } from './allergy-excerpt.ts';
import { allergiesOfLine, allergiesOfOrder, meetings, type Allergy } from '../../server/protocol/rules/allergies.ts';
import { readerOf, type Allergen, type AllergyReader } from '../../server/protocol/readings.ts';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import type { Words } from '../i18n/index.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';

interface LineAllergies {
  /** Those of the line's own guest. */
  readonly own: readonly Allergy[];
  /** The words of the dish that meet one of them, or one of the whole order. */
  readonly meets: readonly string[];
}
interface OrderAllergies {
  readonly all: readonly Allergy[];
  readonly lines: ReadonlyMap<string, LineAllergies>;
}

const NONE: LineAllergies = { own: [], meets: [] };
const known = new WeakMap<OrderView, OrderAllergies>();

function allergiesIn(order: OrderView): OrderAllergies {
  let found = known.get(order);
  if (!found) {
    const reader = readerOf(order);
    const all = allergiesOfOrder(order, reader);
    const lines = new Map<string, LineAllergies>();
    for (const line of order.lines) {
      const own = allergiesOfLine(line, reader);
      if (own.length || all.length) lines.set(line.id, { own, meets: meetings(line, [...all, ...own], reader) });
    }
    known.set(order, (found = { all, lines }));
  }
  return found;
}

const isCooked = (line: LineView): boolean => !line.voided && line.state !== 'voided';

/** The names of what guests must not have, in the screen's language where they are known, else as they came. */
function namesOf(t: Words<'common'>, allergies: readonly Allergy[]): string {
  const names = allergies.flatMap(({ text, source, allergens }) =>
    source === 'field' ? [withName(t, text, allergens)] : allergens.map((allergen) => t(`allergy.names.${allergen}`)),
  );
  return [...new Set(names)].join(', ');
}

/** A word of the menu or of upstream's list, with its name in the screen's language where it says another. */
function withName(t: Words<'common'>, text: string, allergens: readonly Allergen[]): string {
  const names = allergens
    .map((allergen) => t(`allergy.names.${allergen}`))
    .filter((name) => !text.toLowerCase().includes(name.toLowerCase().replace(/s$/, '')));
  return names.length ? `${isolated(text)} (${names.join(', ')})` : isolated(text);
}

export const foodWords = (t: Words<'common'>, texts: readonly string[], reader: AllergyReader): string =>
  texts.map((text) => withName(t, text, reader.allergensIn(text))).join(', ');

function titleOf(t: Words<'common'>, allergies: readonly Allergy[]): string {
  const names = namesOf(t, allergies);
  return names ? t('allergy.of', { what: names }) : t('allergy.title');
}

export interface AllergyRow {
  /** The id of its line; null for the whole order. */
  readonly lineId: string | null;
  readonly title: string;
  /** The guest's own words, as far as the dishes do not show them: of a long note the sentences that warn. */
  readonly quotes: readonly string[];
}

/**
 * The rows of the band over these dishes of the order: those of the whole order, then those of a dish's own guest.
 * @returns none where nothing is said
 */
export function allergyRows(t: Words<'common'>, order: OrderView, shown: readonly LineView[]): readonly AllergyRow[] {
  const { all, lines } = allergiesIn(order);
  const rows: AllergyRow[] = [];
  if (all.length)
    rows.push({
      lineId: null,
      title: titleOf(t, all),
      quotes: all.filter(({ source }) => source !== 'field').map(({ text }) => allergyExcerpt(text, readerOf(order))),
    });
  const cooked = shown.filter(isCooked);
  for (const line of cooked) {
    const { own } = lines.get(line.id) ?? NONE;
    if (!own.length) continue;
    const title = titleOf(t, own);
    rows.push({
      lineId: line.id,
      title: cooked.length > 1 ? t('allergy.ofDish', { title, dish: isolated(line.name) }) : title,
      quotes: [],
    });
  }
  return rows;
}

export interface AllergyMark {
  /** What the line's own guest must not have; null where only the order says so. */
  readonly own: string | null;
  /** The warning that the dish holds what its guest must not have. */
  readonly meets: string | null;
}

export function allergyMark(t: Words<'common'>, order: OrderView, line: LineView): AllergyMark | null {
  if (!isCooked(line)) return null;
  const { own, meets } = allergiesIn(order).lines.get(line.id) ?? NONE;
  if (!own.length && !meets.length) return null;
  return {
    own: own.length ? titleOf(t, own) : null,
    meets: meets.length ? t('allergy.meets', { what: foodWords(t, meets, readerOf(order)) }) : null,
  };
}

/** Whether the order's note is in the band, so that it need not stand below it again. */
export const isInBand = (order: OrderView): boolean => allergiesIn(order).all.some(({ source }) => source === 'note');

/** Whether the line's note says so. */
export const isAllergyNote = (order: OrderView, line: LineView): boolean =>
  (allergiesIn(order).lines.get(line.id) ?? NONE).own.some(({ source }) => source === 'note');
