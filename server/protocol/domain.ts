// The words that server and browser share: states, kinds and roles of the kitchen.
import { z } from 'zod/mini';

export const LineState = z.enum(['held', 'waiting', 'cooking', 'ready', 'served', 'voided']);
export type LineState = z.infer<typeof LineState>;

/** `closed`: nothing is left to do at this station, since all of it was voided or canceled, and seen. */
export const TicketState = z.enum(['open', 'bumped', 'closed']);
export type TicketState = z.infer<typeof TicketState>;

export const Role = z.enum(['kitchen', 'expo', 'floor', 'manager']);
export type Role = z.infer<typeof Role>;

export const Priority = z.enum(['NORMAL', 'RUSH']);
export type Priority = z.infer<typeof Priority>;
