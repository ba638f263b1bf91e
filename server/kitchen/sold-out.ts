// Sold-out dishes ("86"): facts of a restaurant that its screens get without any order.
import type { Sql } from '../db/client.ts';
import { FACTS, recordChanges } from '../feed/changes.ts';
import type { Command, CommandResult } from '../protocol/commands.ts';
import { dishKey } from '../protocol/domain.ts';
import { isSameDish, type NamedDish } from '../protocol/rules/sold-out.ts';
import { findAction, recordAction, type TapAuthor } from './actions.ts';
import { refused } from './why.ts';

type SoldOutCommand = Extract<Command, { kind: 'sold-out' }>;

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
  const { on, dish } = command;
  const marked = await tx.$queryRaw<(NamedDish & { key: string })[]>`
    SELECT key, sku, name FROM sold_out_dishes WHERE restaurant_id = ${id}
  `;
  const same = marked.filter((one) => isSameDish(one, dish)).map(({ key }) => key);
  await recordAction(tx, command, author, now.toISOString(), { outcome: 'done' });
  if (on === same.length > 0) return { outcome: 'done', rev: Number(rev) };
  if (on)
    await tx.$executeRaw`
      INSERT INTO sold_out_dishes (restaurant_id, key, sku, name, at, by)
      VALUES (${id}, ${dishKey(dish)}, ${dish.sku}, ${dish.name}, ${now}, ${author.by})
    `;
  else await tx.$executeRaw`DELETE FROM sold_out_dishes WHERE restaurant_id = ${id} AND key = ANY(${same})`;
  const revs = await recordChanges(tx, new Map([[id, [FACTS]]]));
  return { outcome: 'done', rev: revs.get(id)! };
}
