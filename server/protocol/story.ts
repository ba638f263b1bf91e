// The story of an order, moment by moment, from the first message to the archive.
import * as z from 'zod/mini';
import type { CommandKind } from './commands.ts';
import { By } from './domain.ts';
import { Version } from './version.ts';

const at = { at: z.string() };
const text = z.nullable(z.string());
const message = { partition: z.number(), offset: z.number() };
const commandKinds: { readonly [Kind in CommandKind]: Kind } = {
  start: 'start',
  unstart: 'unstart',
  bump: 'bump',
  recall: 'recall',
  serve: 'serve',
  unserve: 'unserve',
  acknowledge: 'acknowledge',
  'see-allergy': 'see-allergy',
  fire: 'fire',
  hold: 'hold',
  rush: 'rush',
  transfer: 'transfer',
  'note-delay': 'note-delay',
  'retry-parked': 'retry-parked',
  'sold-out': 'sold-out',
};
const onTicket = { station: z.string(), dishes: z.array(z.string()), course: z.nullable(z.number()) };

/** `by` and `device` are names, as far as they are known. */
export const StoryEvent = z.discriminatedUnion('kind', [
  z.object({ ...at, kind: z.literal('placed') }),
  z.object({ ...at, kind: z.literal('received') }),
  /** `error`: the fetch did not bring the order as the message needs it. */
  z.object({ ...at, kind: z.literal('fetch'), ms: z.nullable(z.number()), tries: z.number(), error: text }),
  z.object({
    ...at,
    kind: z.literal('message'),
    fate: z.string(),
    status: text,
    version: z.nullable(Version),
    ...message,
    redelivery: z.boolean(),
  }),
  z.object({ ...at, kind: z.literal('parked'), ...message, error: text }),
  z.object({ ...at, kind: z.literal('failed'), ...message, attempts: z.number(), error: text }),
  z.object({ ...at, kind: z.literal('next-try'), attempts: z.number(), error: text }),
  z.object({ ...at, kind: z.literal('operator'), action: z.enum(['retry', 'discard']), by: z.string() }),
  z.object({ ...at, kind: z.literal('rejected'), ...message, reason: z.string() }),
  z.object({ ...at, kind: z.literal('fired'), ...onTicket, firing: z.number() }),
  z.object({ ...at, kind: z.literal('held'), ...onTicket, heldFor: text }),
  z.object({ ...at, kind: z.literal('confirmed'), station: z.string(), by: By, ms: z.number() }),
  z.object({
    ...at,
    kind: z.literal('tap'),
    command: z.enum(commandKinds),
    by: By,
    device: text,
    station: text,
    dishes: z.array(z.string()),
    note: text,
    outcome: z.string(),
    why: text,
  }),
  z.object({ ...at, kind: z.literal('closed') }),
  z.object({ ...at, kind: z.literal('archived') }),
]);
export type StoryEvent = z.infer<typeof StoryEvent>;

export const Story = z.object({
  orderId: z.string(),
  /** The order's number, or its id. */
  number: z.string(),
  status: text,
  type: text,
  table: text,
  archived: z.boolean(),
  events: z.array(StoryEvent),
});
export type Story = z.infer<typeof Story>;
