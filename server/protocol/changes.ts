// Changes that people made in a restaurant: of its set-up, devices and people, and by hand in the kitchen.
import * as z from 'zod/mini';

/** One change of the set-up, for words in the reader's language. `station`: the change is about one station. */
export const SetupChange = z.object({
  what: z.enum([
    'made',
    'name',
    'time-zone',
    'courses',
    'station-added',
    'station-removed',
    'order-of-stations',
    'fallback',
    'routes',
    'thresholds',
    'combine',
    'lead',
    'start',
    'screen',
    'allergy-seen',
  ]),
  station: z.optional(z.string()),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
});
export type SetupChange = z.infer<typeof SetupChange>;

/** The kinds by which a manager looks for a change. */
export const CHANGE_KINDS = ['setup', 'devices', 'people', 'kitchen'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** `changes`: the set-up was changed. `late`: the command came too late to be carried out. */
export const ChangeDetail = z.object({
  changes: z.optional(z.array(SetupChange)),
  role: z.optional(z.string()),
  was: z.optional(z.object({ name: z.string(), role: z.string() })),
  name: z.optional(z.string()),
  note: z.optional(z.string()),
  station: z.optional(z.string()),
  device: z.optional(z.string()),
  orderId: z.optional(z.string()),
  on: z.optional(z.boolean()),
  course: z.optional(z.number()),
  /** Of a sold-out dish: how many were left, and when it is back by itself. */
  left: z.optional(z.number()),
  until: z.optional(z.string()),
  late: z.optional(z.literal(true)),
});
export type ChangeDetail = z.infer<typeof ChangeDetail>;

/**
 * `action` is `restaurant.put`, `kitchen.rush` and so on. `about` is the name of the device, person or dish, or the
 * order's number.
 */
export const ChangeEntry = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.nullable(z.string()),
  action: z.string(),
  about: z.nullable(z.string()),
  detail: ChangeDetail,
});
export type ChangeEntry = z.infer<typeof ChangeEntry>;

/** Newest first. `people` are the names of the authors of late; only the first page has them. */
export const ChangePage = z.object({
  entries: z.array(ChangeEntry),
  nextCursor: z.nullable(z.string()),
  people: z.optional(z.array(z.string())),
});
export type ChangePage = z.infer<typeof ChangePage>;
