// The identity of the screen that a page is. The server resolves the device's cookie and hands the result to the page in
// a request header, which it strips from requests from outside. So a page never decides by itself whose orders it may
// see.
import { ScreenIdentity } from '../../../server/protocol/views.ts';

export const SCREEN_HEADER = 'x-heard-screen';

/** The identity that the server put on this request; null when the browser is not paired. */
export function readScreen(headers: { get(name: string): string | null }): ScreenIdentity | null {
  const raw = headers.get(SCREEN_HEADER);
  if (!raw) return null;
  try {
    const bytes = Uint8Array.from(atob(raw.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    const parsed = ScreenIdentity.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
