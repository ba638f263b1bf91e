// The signed-in person of this browser. The server resolves the session's cookie and passes the person to the page in a
// request header of its own; it strips such a header from outside.
import { PersonView } from '../../server/protocol/people.ts';

const PERSON_HEADER = 'x-heard-person';

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
