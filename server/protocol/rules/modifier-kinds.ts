// The kinds of modifiers, for the words on all screens and for allergies: tills have words of their own for them, in any
// spelling. Pure.
import type { Modifier } from '../views.ts';

const OMITTING =
  'REMOVE REMOVED REMOVAL NO NOT EXCLUDE EXCLUDED EXCLUSION WITHOUT WO MINUS HOLD 86 OMIT OMITTED SUBTRACT DELETE DELETED SKIP DROP LEAVEOUT LEAVEOFF SUBOUT SIN QUITAR OHNE KEIN KEINE SANS SENZA SEM ZONDER GEEN UTAN UDEN UTEN BEZ TANPA БЕЗ بدون ללא 不要 不加 去 走 免 抜き なし';
const ADDING = 'ADD ADDED ADDITION ADDON PLUS WITH CON MIT AVEC 加';
const known = {
  extra: 'EXTRA EXTRAS MORE',
  double: 'DOUBLE',
  triple: 'TRIPLE',
  light: 'LIGHT LITE LESS EASY LITTLE 少',
  onSide: 'ONSIDE ONTHESIDE SIDE',
  instead: 'SUBSTITUTE SUBSTITUTION SUB SUBBED SWAP REPLACE REPLACEMENT EXCHANGE INSTEAD',
  only: 'ONLY 只要',
} as const;

/** Kinds with a word of their own on the screens. */
export type KnownKind = keyof typeof known;

export interface ModifierKind {
  /** `said`: it neither adds nor leaves out. */
  readonly effect: 'left-out' | 'added' | 'said';
  readonly word: KnownKind | null;
}

const kinds = new Map<string, ModifierKind>([
  ...OMITTING.split(' ').map((kind): [string, ModifierKind] => [kind, { effect: 'left-out', word: null }]),
  ...ADDING.split(' ').map((kind): [string, ModifierKind] => [kind, { effect: 'added', word: null }]),
  ...Object.entries(known).flatMap(([word, names]) =>
    names
      .split(' ')
      .map((kind): [string, ModifierKind] => [
        kind,
        { effect: ['extra', 'double', 'triple'].includes(word) ? 'added' : 'said', word: word as KnownKind },
      ]),
  ),
  ['-', { effect: 'left-out', word: null }],
  ['+', { effect: 'added', word: null }],
]);

/** `ON_SIDE`, `on side` and `On-Side` are one kind. Undefined for one that nobody knows. */
export function kindOf(kind: string): ModifierKind | undefined {
  const sign = kind.trim();
  return kinds.get(sign) ?? kinds.get(sign.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase());
}

/** Whether the till's own word for the modifier, or none of it, keeps it off the plate. Its name may say so as well. */
export const isKeptOff = ({ kind, quantity }: Modifier): boolean =>
  quantity === 0 || (kind !== null && kindOf(kind)?.effect === 'left-out');
