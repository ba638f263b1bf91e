// Signing out deletes everything that this browser stores for the person: boards, and the pages for an outage.
import { forgetScreen } from '../live/offline/device-storage.ts';
import type { PersonView } from '../../server/protocol/people.ts';

export async function forgetPerson({ id, name, restaurants }: PersonView): Promise<void> {
  for (const restaurant of restaurants)
    await forgetScreen({ deviceId: `manager:${restaurant.id}`, person: { id, name, role: restaurant.role } });
  if (typeof caches === 'undefined') return;
  for (const cacheName of (await caches.keys()).filter((one) => one.startsWith('heard-pages'))) {
    const kept = await caches.open(cacheName);
    for (const { url } of await kept.keys())
      if (new URL(url).pathname.startsWith('/manager') && !new URL(url).searchParams.has('device'))
        await kept.delete(url);
  }
}
