// Reads the order service's answer. Only id, restaurantId, status and each item's id, name and quantity are certain;
// anything else that is missing or of another type counts as not given. Text is made storable: no NUL, no lone
// surrogate.
import { z } from 'zod';
import { HeardError } from '../errors.ts';
import type { UpstreamStatus } from '../protocol/status.ts';
import type { Modifier as ModifierView } from '../protocol/views.ts';

const storable = (value: string) => value.toWellFormed().replaceAll('\0', '\uFFFD');
const text = z.string().transform(storable);
const status: z.ZodType<UpstreamStatus> = text;
const key = z.string().min(1).max(200).transform(storable);
const given = <T extends z.ZodType>(type: T) =>
  type
    .nullish()
    .catch(null)
    .transform((value) => (value ?? null) as z.output<T> | null);
const int = z.number().int().min(-2_147_483_648).max(2_147_483_647);
const time = z
  .string()
  .refine((value) => Date.parse(value) >= 0 && Date.parse(value) < Date.UTC(2200, 0))
  .transform((value) => new Date(value).toISOString());
const listOf = <T extends z.ZodType>(type: T) =>
  z
    .array(z.unknown())
    .nullish()
    .catch([])
    .transform((list) =>
      (list ?? []).flatMap((value) => {
        const parsed = type.safeParse(value);
        return parsed.success ? [parsed.data as z.output<T>] : [];
      }),
    );

const Modifier: z.ZodType<ModifierView> = z
  .object({
    name: text,
    kind: given(text),
    quantity: given(z.number()),
    get modifiers() {
      return listOf(Modifier);
    },
  })
  .transform(({ name, kind, quantity, modifiers }) => ({
    name,
    kind,
    ...(quantity !== null && { quantity }),
    ...(modifiers.length > 0 && { modifiers }),
  }));

const Item = z.object({
  id: key,
  sku: given(text),
  name: text,
  category: given(text),
  quantity: z.number(),
  unit: given(text),
  modifiers: listOf(Modifier),
  allergens: listOf(text),
  allergies: listOf(text),
  note: given(text),
  course: given(int),
  seat: given(z.union([text, z.number().transform(String)])),
  voided: z
    .boolean()
    .nullish()
    .catch(false)
    .transform((value) => value ?? false),
  movedFrom: given(z.object({ orderId: text, itemId: text })),
  unread: z
    .unknown()
    .optional()
    .transform((): string[] => []),
});
export type DetailItem = z.output<typeof Item>;

const Detail = z.object({
  id: z.string(),
  version: given(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)),
  restaurantId: z.string().min(1).max(64).transform(storable),
  number: given(text),
  status,
  type: given(text),
  table: given(z.union([text, z.number().transform(String)])),
  guests: given(int),
  priority: z
    .enum(['NORMAL', 'RUSH'])
    .nullish()
    .catch('NORMAL')
    .transform((value) => value ?? 'NORMAL'),
  placedAt: given(time),
  dueAt: given(time),
  note: given(text),
  customerName: given(text),
  channel: given(text),
  staffName: given(text),
  pickupCode: given(text),
  allergies: listOf(text),
  items: z
    .array(Item)
    .nullish()
    .transform((items) => items ?? []),
});

/** An order as upstream had it at one moment. */
export type OrderDetail = z.output<typeof Detail>;

/**
 * @param asked the id that was asked for
 * @throws HeardError ORDER_MALFORMED when a certain field is missing or wrong, or it is another order
 */
export function readDetail(body: unknown, asked: string): OrderDetail {
  const parsed = Detail.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new HeardError(
      'ORDER_MALFORMED',
      `the order service's answer is not an order: ${issue?.path.join('.') || 'it'} ${issue?.message ?? 'is wrong'}`,
    );
  }
  const detail = parsed.data;
  if (detail.id !== asked) throw new HeardError('ORDER_MALFORMED', 'the order service answered with another order');
  return { ...detail, items: withDistinctIds(detail.items) };
}

/** The same id twice would hide one dish behind the other: later ones are given an id that none of them has. */
function withDistinctIds(items: DetailItem[]): DetailItem[] {
  const taken = new Set(items.map(({ id }) => id));
  const seen = new Set<string>();
  return items.map((item) => {
    if (!seen.has(item.id)) {
      seen.add(item.id);
      return item;
    }
    let n = 2;
    while (taken.has(`${item.id}#${n}`)) n += 1;
    taken.add(`${item.id}#${n}`);
    return { ...item, id: `${item.id}#${n}` };
  });
}
