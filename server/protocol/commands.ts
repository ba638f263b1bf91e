// The commands of screens. A command carries a UUID made by the tablet. If it is sent twice, it is carried out once and
// gets the same answer.
import * as z from 'zod/mini';
import { dishKey } from './domain.ts';
import { OrderView, type LineView } from './views.ts';

const sent = {
  id: z.uuid(),
  /** The author of the tap, where staff sign in on the device. */
  personId: z.optional(z.uuid()),
};
const base = { ...sent, orderId: z.string().check(z.minLength(1), z.maxLength(64)) };
const lineIds = z.array(z.string()).check(z.maxLength(500));
/**
 * The order's `changedAt` as the screen showed it at the tap. Nobody there has seen later changes, even if the tap
 * waited for a network meanwhile. Without it everything counts as seen.
 */
const seen = z.optional(z.string().check(z.maxLength(40)));
/** A dish's name or sku. A command with a longer one is refused. */
const dishText = z.string().check(z.minLength(1), z.maxLength(1000));
const moment = z.string().check(
  z.maxLength(40),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);
const MOST_LEFT = 9999;

export const Command = z.discriminatedUnion('kind', [
  /** The kitchen began with these lines. */
  z.object({ ...base, kind: z.literal('start'), lineIds }),
  /** Takes a start back: these lines wait again. */
  z.object({ ...base, kind: z.literal('unstart'), lineIds }),
  /**
   * These lines are ready. Without `lineIds` the whole ticket is, and it leaves the board unless it has unseen dishes.
   */
  z.object({ ...base, kind: z.literal('bump'), ticketId: z.uuid(), lineIds: z.optional(lineIds), seen }),
  /** Takes back the bump of lines, or of the whole ticket, which returns to its place with its clock. */
  z.object({ ...base, kind: z.literal('recall'), ticketId: z.uuid(), lineIds: z.optional(lineIds) }),
  /** Ready lines were carried out to the guest. */
  z.object({ ...base, kind: z.literal('serve'), lineIds }),
  /** Takes a serve back. */
  z.object({ ...base, kind: z.literal('unserve'), lineIds }),
  /** The station has seen the changes on this ticket. */
  z.object({ ...base, kind: z.literal('acknowledge'), ticketId: z.uuid(), seen }),
  /** Somebody has seen the guests' allergies: of a ticket at its station, without one at the order's hand-over. */
  z.object({ ...base, kind: z.literal('see-allergy'), ticketId: z.optional(z.uuid()), seen }),
  /**
   * Held lines are to be cooked now: those of this ticket, or of this course. Without either, all that a hold keeps, or
   * else all that waits for its due time, or else all held lines.
   */
  z.object({
    ...base,
    kind: z.literal('fire'),
    course: z.optional(z.nullable(z.number())),
    ticketId: z.optional(z.uuid()),
  }),
  /**
   * Nothing more of this order is begun until it is fired. With a ticket: it was started before its due time, nobody has
   * begun with it, and it waits for that time again.
   */
  z.object({ ...base, kind: z.literal('hold'), ticketId: z.optional(z.uuid()) }),
  z.object({ ...base, kind: z.literal('rush'), on: z.boolean() }),
  /** These lines are cooked at another station. */
  z.object({ ...base, kind: z.literal('transfer'), lineIds, stationId: z.uuid() }),
  /** A manager's note on the delay; null takes it away. */
  z.object({
    ...base,
    kind: z.literal('note-delay'),
    note: z.nullable(z.string().check(z.minLength(1), z.maxLength(500))),
  }),
  /** The order's parked message is tried at once. */
  z.object({ ...base, kind: z.literal('retry-parked') }),
  /**
   * The dish is sold out ("86"), or is there again. With `left` there are so many, and it is sold out after them. It is
   * there again by itself at `until`; without it, when somebody says so.
   */
  z.object({
    ...sent,
    kind: z.literal('sold-out'),
    dish: z.object({ sku: z.nullable(dishText), name: dishText }),
    on: z.boolean(),
    until: z.optional(z.nullable(moment)),
    left: z.optional(z.nullable(z.number().check(z.positive(), z.maximum(MOST_LEFT)))),
  }),
]);
export type Command = z.infer<typeof Command>;
export type CommandKind = Command['kind'];
/** A command about one order. */
export type OrderCommand = Extract<Command, { orderId: string }>;

/** The order of a command; null where it is about none. */
export const orderIdOf = (command: Command): string | null => ('orderId' in command ? command.orderId : null);

/** Whether `at` (RFC 3339) is later than the time that was seen. */
export const isAfter = (at: string, seen: string | undefined): boolean =>
  seen !== undefined && Date.parse(at) > Date.parse(seen);

/**
 * Whether a dish came to its ticket after the time that was seen: a new one, a restored one, or one from another
 * station.
 */
export const isUnseenDish = (
  { addedAt, flag }: Pick<LineView, 'addedAt' | 'flag'>,
  seen: string | undefined,
): boolean => isAfter(addedAt, seen) || ((flag?.kind === 'added' || flag?.kind === 'moved') && isAfter(flag.at, seen));

/** Commands with the same key must be carried out in the order of their taps. */
export const laneOf = (command: Command): string =>
  'orderId' in command ? `order:${command.orderId}` : `dish:${dishKey(command.dish)}`;

/**
 * The reason why a command was not carried out, for words in the reader's language. `dish` and `state` are those of the
 * dish or ticket in the way.
 */
export const Why = z.object({
  code: z.enum([
    'ticket-gone',
    'ticket-state',
    'ticket-emptied',
    'line-gone',
    'line-state',
    'order-canceled',
    'nothing-held',
    'nothing-to-hold',
    'station-gone',
    'nothing-parked',
    'allergy-unseen',
    'not-this-screen',
    'no-such-order',
    'other-station',
    'id-used',
    'unreadable',
    /** A screen's own word: it cannot read the answer. */
    'answer-unreadable',
    'too-many',
    'database-away',
  ]),
  dish: z.optional(z.string()),
  state: z.optional(z.string()),
});
export type Why = z.infer<typeof Why>;

/**
 * `done`: it was carried out, now or when it was first sent. `conflict`: not possible any more; `order` is the order as
 * it stands, `by` the name of the earlier tap if known. `refused`: this screen may not, or there is no such order here.
 * `unavailable`: nothing was decided; send it again. `reason` is `why` in English.
 */
export const CommandResult = z.discriminatedUnion('outcome', [
  /** `order` is missing where the command was about none. */
  z.object({ outcome: z.literal('done'), order: z.optional(OrderView), rev: z.number() }),
  z.object({
    outcome: z.literal('conflict'),
    order: OrderView,
    reason: z.string(),
    why: Why,
    by: z.optional(z.string()),
  }),
  z.object({ outcome: z.literal('refused'), reason: z.string(), why: Why }),
  z.object({ outcome: z.literal('unavailable'), reason: z.string(), why: Why }),
]);
export type CommandResult = z.infer<typeof CommandResult>;
