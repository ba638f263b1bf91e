// What a screen may ask for. A command carries a UUID made by the tablet: sent twice, it is done once, and answers the same.
import { z } from 'zod/mini';
import { OrderView } from './views.ts';

const base = {
  id: z.uuid(),
  orderId: z.string().check(z.minLength(1), z.maxLength(64)),
};
const lineIds = z.array(z.string()).check(z.maxLength(500));

export const Command = z.discriminatedUnion('kind', [
  /** The kitchen began with these lines. */
  z.object({ ...base, kind: z.literal('start'), lineIds }),
  /** Lines are ready; or, without `lineIds`, the whole ticket is, and leaves the board. */
  z.object({ ...base, kind: z.literal('bump'), ticketId: z.uuid(), lineIds: z.optional(lineIds) }),
  /** Takes a bump back: of lines, or of the whole ticket, which returns to its place with its clock. */
  z.object({ ...base, kind: z.literal('recall'), ticketId: z.uuid(), lineIds: z.optional(lineIds) }),
  /** Ready lines were carried out to the guest. */
  z.object({ ...base, kind: z.literal('serve'), lineIds }),
  /** Takes a serve back. */
  z.object({ ...base, kind: z.literal('unserve'), lineIds }),
  /** The station has seen what upstream changed on this ticket. */
  z.object({ ...base, kind: z.literal('acknowledge'), ticketId: z.uuid() }),
]);
export type Command = z.infer<typeof Command>;
export type CommandKind = Command['kind'];

/**
 * `done`: it was carried out (now, or when it was first sent). `conflict`: not possible any more; `order` is how things stand,
 * `by` the device that got there first where that is known. `refused`: this screen may not, or there is no such order here.
 * `unavailable`: nothing was decided; send it again.
 */
export const CommandResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), order: OrderView, rev: z.number() }),
  z.object({ outcome: z.literal('conflict'), order: OrderView, reason: z.string(), by: z.optional(z.string()) }),
  z.object({ outcome: z.literal('refused'), reason: z.string() }),
  z.object({ outcome: z.literal('unavailable'), reason: z.string() }),
]);
export type CommandResult = z.infer<typeof CommandResult>;
