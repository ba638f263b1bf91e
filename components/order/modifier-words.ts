// The words for a dish's modifiers, one rule for all screens:
// - What is left out reads “NO cream” in the screen's language, or by its own name where that says it already.
// - Only what upstream calls an addition has a plus, and never if its name says that something is left out.
// - A kind that nobody knows is shown by its own word; without a kind the name stands alone.
// - One that says that the guest must not have something stands as it is, in the colour of allergies.
// - Quantities and modifiers of modifiers are shown.
import type { AllergyReader } from '../../server/protocol/readings.ts';
import type { Modifier } from '../../server/protocol/views.ts';
import type { Words } from '../i18n/index.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { leftOutBy } from './left-out.ts';
import { kindOf, type KnownKind } from '../../server/protocol/rules/modifier-kinds.ts';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { isAllergyModifier, namesAllergy } from '../../server/protocol/rules/allergies.ts';

export type ModifierTexts = Words<'common'>;

/**
 * How a modifier changes its dish. `said`: its own words tell. `allergy`: the guest must not have something.
 */
export type ModifierEffect = 'left-out' | 'added' | 'said' | 'allergy';

export interface ModifierRow {
  /** 0 for a modifier of the dish, 1 for a modifier of that modifier, and so on. */
  readonly depth: number;
  readonly effect: ModifierEffect;
  /** The words, with a plus before an addition. */
  readonly text: string;
  /** The words without the plus, for a place where a number stands before them. */
  readonly words: string;
}

/** Names that say the kind's word themselves. */
const saidBy: Record<KnownKind, RegExp> = {
  extra: /^(?:extra|more)\b|^(?:加|多)/i,
  double: /^(?:double|2\s*x)\b|^双/i,
  triple: /^triple\b/i,
  light: /^(?:light|lite|less|easy|little)\b|^少/i,
  onSide: /\b(?:on (?:the )?side)\b/i,
  instead: /\b(?:sub|substitute|swap|instead)\b/i,
  only: /\bonly\b|^只要/i,
};

/** The rows of a dish's modifiers, each followed by its own modifiers. */
export function modifierRows(
  t: ModifierTexts,
  modifiers: readonly Modifier[],
  reader: AllergyReader,
  depth = 0,
): ModifierRow[] {
  return modifiers.flatMap((modifier) => [
    rowOf(t, modifier, reader, depth),
    ...(modifier.modifiers ? modifierRows(t, modifier.modifiers, reader, depth + 1) : []),
  ]);
}

/** The modifiers in one line, each with its own modifiers in brackets. */
export function modifierLine(t: ModifierTexts, modifiers: readonly Modifier[], reader: AllergyReader): string {
  return modifiers
    .map((modifier) => {
      const { words } = rowOf(t, modifier, reader, 0);
      return modifier.modifiers?.length ? `${words} (${modifierLine(t, modifier.modifiers, reader)})` : words;
    })
    .join(', ');
}

function rowOf(t: ModifierTexts, modifier: Modifier, reader: AllergyReader, depth: number): ModifierRow {
  const plainly = namesAllergy(modifier.name, reader);
  const { effect, name } = plainly
    ? { effect: 'allergy' as const, name: isolated(modifier.name) }
    : isAllergyModifier(modifier, reader)
      ? { ...reading(t, modifier), effect: 'allergy' as const }
      : reading(t, modifier);
  const { quantity } = modifier;
  const words = quantity === undefined || quantity === 1 ? name : `${quantityWords(quantity)}× ${name}`;
  return { depth, effect, words, text: effect === 'added' ? `+ ${words}` : words };
}

function reading(t: ModifierTexts, { name, kind, quantity }: Modifier): { effect: ModifierEffect; name: string } {
  const own = isolated(name);
  const leftOut = leftOutBy(name);
  const given = kind?.trim() ? kindOf(kind) : null;
  const withKind = () => t('modifier.other', { kind: isolated(kind!.trim().replaceAll('_', ' ')), name: own });
  if (given === undefined) return { effect: leftOut ? 'left-out' : 'said', name: withKind() };
  if (leftOut && given?.effect === 'said') return { effect: 'left-out', name: withKind() };
  if (leftOut && leftOut.what === null) return { effect: 'left-out', name: own };
  if (leftOut || given?.effect === 'left-out')
    return { effect: 'left-out', name: t('modifier.no', { name: isolated(leftOut?.what ?? name) }) };
  const words = given?.word && !saidBy[given.word].test(name) ? t(`modifier.${given.word}`, { name: own }) : own;
  // A quantity of 0 adds nothing.
  if (quantity === 0) return { effect: 'left-out', name: words };
  const added = given?.effect === 'added';
  return { effect: added ? 'added' : 'said', name: words };
}
