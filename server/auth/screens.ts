// Where each role's screen is, and which screen a path asks for.
import type { Role } from '../protocol/domain.ts';
import { nameKey } from '../protocol/setup.ts';
import type { ScreenIdentity } from '../protocol/views.ts';

export interface ScreenAsked {
  role: Role;
  station?: string;
  deviceId?: string;
}

/** The page of a device. */
export const pageOf = (role: Role, station: string | null): string =>
  role === 'kitchen' ? `/kitchen/${encodeURIComponent(station ?? '')}` : `/${role}`;

/**
 * The screen that the page at `url` (path and query) needs.
 * @returns undefined where it is no screen's page; `invalid` where the path cannot be read
 */
export function screenAskedBy(url: string): ScreenAsked | 'invalid' | undefined {
  const [path = '', query = ''] = url.split('?', 2);
  const [, root, station, ...more] = path.split('/');
  const deviceId = new URLSearchParams(query).get('device');
  const device = deviceId ? { deviceId } : {};
  if (root === 'kitchen' && station) {
    try {
      return { role: 'kitchen', station: decodeURIComponent(station), ...device };
    } catch {
      return 'invalid';
    }
  }
  // A manager's screen has several pages.
  if (root === 'manager') return { role: root, ...device };
  if ((root === 'floor' || root === 'expo') && station === undefined && more.length === 0)
    return { role: root, ...device };
  return undefined;
}

export function fits(screen: ScreenIdentity, asked: ScreenAsked): boolean {
  if (screen.role !== asked.role || (asked.deviceId !== undefined && screen.deviceId !== asked.deviceId)) return false;
  return (
    screen.role !== 'kitchen' ||
    (asked.station !== undefined && nameKey(screen.station?.name ?? '') === nameKey(asked.station))
  );
}
