// The list of names on a paired screen.
import * as z from 'zod/mini';
import { StaffView } from './views.ts';

/** `minutes` without a tap end a sign-in on this device. */
export const StaffAtDevice = z.object({
  people: z.array(StaffView),
  present: z.nullable(StaffView),
  minutes: z.number(),
});
export type StaffAtDevice = z.infer<typeof StaffAtDevice>;
