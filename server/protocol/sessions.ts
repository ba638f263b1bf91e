// The browsers in which a person is signed in.
import * as z from 'zod/mini';

/** `agent` is the browser's User-Agent header; `here` marks the session of the browser that asks. */
export const SessionView = z.object({
  id: z.string(),
  agent: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  here: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

/** Latest first. */
export const SessionList = z.object({ sessions: z.array(SessionView) });
