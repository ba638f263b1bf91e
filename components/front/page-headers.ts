// Facts about the visitor that the server passes to the front page in its own request headers (such headers from
// outside are stripped). In the demo: the restaurants that can be opened. Everywhere: the screens that this browser is
// paired as.
import * as z from 'zod/mini';
import { DemoChoice, type DemoRestaurant } from '../../server/protocol/demo.ts';
import { ScreenIdentity } from '../../server/protocol/views.ts';

const DEMO_HEADER = 'x-heard-demo';
const SCREENS_HEADER = 'x-heard-screens';

type Headers = { get(name: string): string | null };

/** The restaurants of the demo. Null if this is not the demo. */
export const readDemo = (headers: Headers): DemoRestaurant[] | null =>
  decode(headers.get(DEMO_HEADER), DemoChoice)?.restaurants ?? null;

export const readScreens = (headers: Headers): ScreenIdentity[] =>
  decode(headers.get(SCREENS_HEADER), z.array(ScreenIdentity)) ?? [];

function decode<T>(raw: string | null, schema: z.ZodMiniType<T>): T | null {
  if (!raw) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(raw, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
