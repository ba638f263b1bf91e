// The addresses that lead to a screen.
import type { Role } from '../../server/protocol/domain.ts';
import type { ScreenIdentity } from '../../server/protocol/views.ts';

/** In the demo: pairs this browser as that screen, and goes there. */
export function openLink(restaurant: string, role: Role, station?: string): string {
  return `/demo/open?${new URLSearchParams({ restaurant, role, ...(station === undefined ? {} : { station }) })}`;
}

/** The address of a screen that this browser is paired as. */
export function screenLink({ role, station, deviceId }: ScreenIdentity): string {
  const path = role === 'kitchen' ? `/kitchen/${encodeURIComponent(station?.name ?? '')}` : `/${role}`;
  return `${path}?device=${encodeURIComponent(deviceId)}`;
}

/** In the demo: signs this browser in as its operator, and goes to that page of the manager's. */
export const manageLink = (restaurant: string, page: string): string =>
  `/demo/manage?${new URLSearchParams({ restaurant, page })}`;
