// The flag of a line that upstream changed: the kitchen must notice it.
import type { KitchenLine } from '../order/order.ts';
import type { LineFlag } from '../protocol/views.ts';
import { sameValue } from './same-value.ts';

/**
 * The flag for changes that the kitchen must notice. After several unseen changes it keeps the oldest values: the
 * kitchen knows these. A dish that the guest has is not made again.
 */
export function changeFlag(before: KitchenLine, after: KitchenLine, past: boolean, now: string): LineFlag | null {
  if (past || before.state === 'served') return before.flag;
  const from: NonNullable<LineFlag['from']> = {};
  if (before.quantity !== after.quantity) from.quantity = before.quantity;
  if (before.name !== after.name) from.name = before.name;
  if (before.note !== after.note) from.note = before.note;
  if (!sameValue(before.modifiers, after.modifiers)) from.modifiers = before.modifiers;
  if (before.unit !== after.unit) from.unit = before.unit;
  if (!sameValue(before.allergens, after.allergens)) from.allergens = before.allergens;
  if (!sameValue(before.allergies, after.allergies)) from.allergies = before.allergies;
  const changed = Object.keys(from).length > 0 || !sameValue(before.unread, after.unread);
  if (!changed || before.flag?.kind === 'added') return before.flag;
  return { kind: 'changed', at: now, from: { ...from, ...before.flag?.from } };
}
