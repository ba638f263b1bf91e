// Who is signed in in this browser. The server resolves the session's cookie and hands the answer to the page in a
// request header of its own (one that comes from outside is stripped).
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
