// Who is signed in in this browser. The server resolves the session's cookie and hands the answer to the page in a
// request header of its own (one that comes from outside is stripped).
import * as z from 'zod/mini';

const PERSON_HEADER = 'x-heard-person';

const PersonView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  operator: z.boolean(),
  restaurants: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
});
export type PersonView = z.infer<typeof PersonView>;

/** Null where nobody is signed in: a paired screen, or a stranger. */
export function readPerson(headers: { get(name: string): string | null }): PersonView | null {
  const raw = headers.get(PERSON_HEADER);
  if (!raw) return null;
  try {
    const parsed = PersonView.safeParse(JSON.parse(Buffer.from(raw, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
