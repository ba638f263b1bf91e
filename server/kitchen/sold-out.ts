// Sold-out dishes ("86"), and those that are counted ("3 left"): facts of a restaurant that its screens get without
// any order.
import type { Sql } from '../db/client.ts';
import { FACTS, recordChanges } from '../feed/changes.ts';
import type { Command, CommandResult } from '../protocol/commands.ts';
import { dishKey } from '../protocol/domain.ts';
import { isGone, isSameDish, type NamedDish } from '../protocol/rules/sold-out.ts';
import { findAction, recordAction, type TapAuthor } from './actions.ts';
import { refused } from './why.ts';

type SoldOutCommand = Extract<Command, { kind: 'sold-out' }>;

interface Row extends NamedDish {
  readonly key: string;
  readonly at: Date;
  readonly by: string | null;
  readonly until: Date | null;
  readonly left: number | null;
}

/** The last tap on a dish counts. The same tap twice changes nothing. */
export async function markSoldOut(tx: Sql, command: SoldOutCommand, author: TapAuthor): Promise<CommandResult> {
  const { id } = author.screen.restaurant;
  // Locked first: every transaction that changes these facts, or an order of the restaurant, ends with this row.
  const [{ rev, now }] = await tx.$queryRaw<
    [{ rev: bigint; now: Date }]
  >`SELECT rev, clock_timestamp() AS now FROM restaurants WHERE id = ${id} FOR UPDATE`;
  const stored = await findAction(tx, command.id, author);
  if (stored === "another's") return refused('id-used');
  if (stored) return { outcome: 'done', rev: Number(rev) };
  const { dish } = command;
  const marked = await tx.$queryRaw<Row[]>`
    SELECT key, sku, name, at, by, until, "left" FROM sold_out_dishes WHERE restaurant_id = ${id}
  `;
  const same = marked.filter((one) => isSameDish(one, dish));
  const wanted = wantedOf(command, same, now, author.by);
  await recordAction(tx, command, author, now.toISOString(), { outcome: 'done' });
  if (wanted ? same.length === 1 && isAsWanted(same[0]!, wanted) : !same.length)
    return { outcome: 'done', rev: Number(rev) };
  await tx.$executeRaw`
    DELETE FROM sold_out_dishes WHERE restaurant_id = ${id} AND key = ANY(${same.map(({ key }) => key)})
  `;
  if (wanted)
    await tx.$executeRaw`
      INSERT INTO sold_out_dishes (restaurant_id, key, sku, name, at, by, until, "left")
      VALUES (
        ${id}, ${dishKey(wanted)}, ${wanted.sku}, ${wanted.name}, ${wanted.at}, ${wanted.by}, ${wanted.until},
        ${wanted.left}
      )
    `;
  await followCounts(tx, id);
  const revs = await recordChanges(tx, new Map([[id, [FACTS]]]));
  return { outcome: 'done', rev: revs.get(id)! };
}

/** The mark that the tap asks for; null: the dish is there. So it is after a tap that came later than its own end. */
function wantedOf(
  { on, dish, until: end = null, left = null }: SoldOutCommand,
  same: readonly Row[],
  now: Date,
  by: string,
): Omit<Row, 'key'> | null {
  const until = end === null ? null : new Date(end);
  if (!on || (until !== null && until <= now)) return null;
  // A till's number is worth keeping: a later order may name the dish in other words.
  const named = dish.sku === null ? (same.find(({ sku }) => sku !== null) ?? dish) : dish;
  const gone = left === null ? same.find(isGone) : undefined;
  // It is sold out since the first tap that said so, though a later one says until when.
  return { sku: named.sku, name: named.name, at: gone?.at ?? now, by: gone ? gone.by : by, until, left };
}

const isAsWanted = (row: Row, { sku, name, until, left }: Omit<Row, 'key'>): boolean =>
  row.key === dishKey({ sku, name }) && row.until?.getTime() === until?.getTime() && row.left === left;

/** Settlements look for counts only where the restaurant says that it has any. Call it with the restaurant locked. */
export async function followCounts(tx: Sql, restaurantId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE restaurants
    SET counting = NOT counting
    WHERE id = ${restaurantId}
      AND counting <> EXISTS (
        SELECT FROM sold_out_dishes WHERE restaurant_id = ${restaurantId} AND "left" IS NOT NULL
      )
  `;
}
