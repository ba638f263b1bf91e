// The words that server and browser share: states, kinds and roles of the kitchen.
import * as z from 'zod/mini';

export const LineState = z.enum(['held', 'waiting', 'cooking', 'ready', 'served', 'voided']);
export type LineState = z.infer<typeof LineState>;

/**
 * `held`: not to be cooked yet. `closed`: nothing is left to do at this station, since all of it was voided, canceled
 * or moved away, and seen.
 */
export const TicketState = z.enum(['held', 'open', 'bumped', 'closed']);
export type TicketState = z.infer<typeof TicketState>;

export const Role = z.enum(['kitchen', 'expo', 'floor', 'manager']);
export type Role = z.infer<typeof Role>;

export const Priority = z.enum(['NORMAL', 'RUSH']);
export type Priority = z.infer<typeof Priority>;

/** The types of orders that a set-up can name; upstream may send others. */
export const ORDER_TYPES = ['DINE_IN', 'TAKEAWAY', 'DELIVERY'] as const;

/** The name of the person or device that tapped, if known. */
export const By = z.nullable(z.string());

const KEY_CHARS = 200;

/** The key of a dish across orders: its sku, or its name in lower case where it has no sku. */
export const dishKey = ({ sku, name }: { sku: string | null; name: string }): string =>
  sku === null ? `name:${name.trim().toLowerCase().slice(0, KEY_CHARS)}` : `sku:${sku.slice(0, KEY_CHARS)}`;

/** The sku in such a key; null where the key has none, or only the beginning of one. */
export const skuOf = (key: string): string | null =>
  key.startsWith('sku:') && key.length < 'sku:'.length + KEY_CHARS ? key.slice('sku:'.length) : null;

/** The role of a person in a restaurant. */
export const PersonRole = z.enum(['chef', 'expo', 'waiter', 'manager']);
export type PersonRole = z.infer<typeof PersonRole>;
