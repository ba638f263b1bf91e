// The screen of a socket or page: a paired device's, or a manager's own browser. The latter calls itself
// `manager:<restaurant>` in place of a device's id.
import type { PrismaClient } from '../db/client.ts';
import { hasNoRow } from '../http/requests.ts';
import type { ScreenIdentity, StaffHere } from '../protocol/views.ts';
import { readSession } from './cookies.ts';
import type { Devices } from './devices.ts';
import { callersOf, may } from './permissions.ts';
import type { Sessions, SignedIn, Watched } from './sessions.ts';
import { presentOn } from './staff.ts';

const OWN = 'manager:';

/** @property watched the session that ends a person's access; a device is watched by its id */
export interface Access {
  screen: ScreenIdentity;
  watched: Watched | null;
}

export class ScreenAccess {
  constructor(
    private readonly deps: { prisma: PrismaClient; devices: Devices; sessions: Sessions; publicUrl: string },
  ) {}

  /** Which of these devices may show nothing any more. */
  revoked(ids: string[]): Promise<string[]> {
    return this.deps.devices.revoked(ids);
  }

  /**
   * Whether a browser with these cookies is a screen or a person here. It costs a query only where the cookies have the
   * form of ours.
   * @returns `revoked` where all that it was has ended; a screen whose cookie proves that is told so by its socket
   */
  async knows(cookieHeader: string | undefined): Promise<'known' | 'revoked' | 'not-paired'> {
    const { devices, sessions } = this.deps;
    if (await devices.proves(cookieHeader)) return 'known';
    if (readSession(cookieHeader, sessions.secure) === undefined) return 'not-paired';
    return (await sessions.find(cookieHeader)) ? 'known' : 'revoked';
  }

  /** The staff member signed in at each of these devices. */
  present(deviceIds: string[]): Promise<Map<string, StaffHere>> {
    return presentOn(this.deps.prisma, deviceIds);
  }

  /** @param id the screen's claim. @returns `revoked` where it was one, null where it never was */
  async authenticate(cookieHeader: string | undefined, id: string): Promise<Access | 'revoked' | null> {
    const { devices, sessions } = this.deps;
    if (!id.startsWith(OWN)) {
      const screen = await devices.authenticate(cookieHeader, id);
      return screen === null || screen === 'revoked' ? screen : { screen, watched: null };
    }
    if (readSession(cookieHeader, sessions.secure) === undefined) return null;
    const person = await sessions.find(cookieHeader);
    const screen = person && (await this.ofPerson(person, id.slice(OWN.length)));
    return person && screen
      ? { screen, watched: { sessionId: person.sessionId, restaurantId: screen.restaurant.id } }
      : 'revoked';
  }

  /** A manager's screen in their own browser. @returns null where they are no manager there */
  async ofPerson(person: SignedIn, restaurantId: string): Promise<ScreenIdentity | null> {
    if (hasNoRow(restaurantId) || !may(['manager', 'operator'], callersOf(person, restaurantId))) return null;
    const restaurant = await this.deps.prisma.restaurant.findUnique({
      where: { id: restaurantId },
      select: { id: true, name: true, timeZone: true, discovered: true },
    });
    return (
      restaurant && {
        deviceId: OWN + restaurantId,
        deviceName: person.name,
        role: 'manager',
        restaurant,
        station: null,
        publicUrl: this.deps.publicUrl,
        person: { id: person.id, name: person.name, role: person.operator ? 'operator' : 'manager' },
      }
    );
  }
}
