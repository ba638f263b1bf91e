// Staff at a paired device. They choose their name and type their PIN. The sign-in ends when they leave, when another
// one signs in, after so many minutes without a tap, or when they are removed from the restaurant. One person at most
// is signed in on a device: its row allows no second.
import type { Bus } from '../db/bus.ts';
import type { PrismaClient, Sql } from '../db/client.ts';
import { audit } from '../db/audit.ts';
import { Problem } from '../http/problems.ts';
import type { StaffAtDevice } from '../protocol/staff.ts';
import type { ScreenIdentity, StaffHere, StaffView } from '../protocol/views.ts';
import { isUuid } from './cookies.ts';
import type { AttemptLimits } from './limits.ts';
import { verifySecret } from './passwords.ts';
import { posts } from './permissions.ts';

/** A tap still counts for a person that was signed in there this long ago: a tablet may have been offline since. */
const LATE_TAP_HOURS = 24;

export class Staff {
  constructor(private readonly deps: { prisma: PrismaClient; bus: Pick<Bus, 'publish'>; limits: AttemptLimits }) {}

  /** The names on offer here, and the one that is signed in. */
  async at(screen: ScreenIdentity): Promise<StaffAtDevice> {
    const { prisma } = this.deps;
    const [people, present, device] = await Promise.all([
      prisma.$queryRaw<StaffView[]>`
        SELECT p.id, p.name, m.role
        FROM memberships m
        JOIN people p ON p.id = m.person_id
        WHERE m.restaurant_id = ${screen.restaurant.id} AND m.pin_hash IS NOT NULL AND p.revoked_at IS NULL
        ORDER BY lower(p.name), p.id LIMIT 500
      `,
      presentOn(prisma, [screen.deviceId]),
      prisma.device.findUniqueOrThrow({ where: { id: screen.deviceId }, select: { staffMinutes: true } }),
    ]);
    return {
      people: people.filter(({ role }) => posts[role].includes(screen.role)),
      present: present.get(screen.deviceId)?.person ?? null,
      minutes: device.staffMinutes,
    };
  }

  /** @throws Problem 401 where the PIN is not theirs, 429 after too many tries */
  async signIn(screen: ScreenIdentity, personId: string, pin: string): Promise<StaffView> {
    const { prisma, limits, bus } = this.deps;
    const [there, device, person] = [
      { limit: 'pin:there', key: `${screen.deviceId} ${personId}` },
      { limit: 'pin:device', key: screen.deviceId },
      { limit: 'pin:person', key: `${screen.restaurant.id} ${personId}` },
    ] as const;
    await limits.take(there, device, person);
    const [row] = await prisma.$queryRaw<(StaffView & { pinHash: string | null })[]>`
      SELECT p.id, p.name, m.role, m.pin_hash AS "pinHash" FROM memberships m JOIN people p ON p.id = m.person_id
      WHERE p.id = ${personId}::uuid AND m.restaurant_id = ${screen.restaurant.id} AND p.revoked_at IS NULL`;
    const known = row && posts[row.role].includes(screen.role) ? row : null;
    if (!(await verifySecret(known?.pinHash ?? null, pin)) || !known) throw new Problem(401, 'That PIN is not right.');
    await limits.forget(there, person);
    await limits.takeBack(device);
    await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM devices WHERE id = ${screen.deviceId}::uuid FOR UPDATE`;
      await tx.$executeRaw`
        UPDATE staff_sign_ins SET ended_at = now(), open_on = NULL WHERE open_on = ${screen.deviceId}::uuid
      `;
      await tx.$executeRaw`
        INSERT INTO staff_sign_ins (device_id, person_id, at, last_tap_at, open_on)
        VALUES (${screen.deviceId}::uuid, ${personId}::uuid, now(), now(), ${screen.deviceId}::uuid)
      `;
      await audit(tx, known, 'staff.sign-in', `device ${screen.deviceId}`, {}, screen.restaurant.id);
    });
    bus.publish('people', [screen.deviceId]);
    return { id: known.id, name: known.name, role: known.role };
  }

  async signOut(screen: ScreenIdentity): Promise<void> {
    await this.deps.prisma
      .$executeRaw`UPDATE staff_sign_ins SET ended_at = now(), open_on = NULL WHERE open_on = ${screen.deviceId}::uuid`;
    this.deps.bus.publish('people', [screen.deviceId]);
  }
}

/** The staff member signed in at each of these devices. */
export async function presentOn(sql: Sql, deviceIds: string[]): Promise<Map<string, StaffHere>> {
  const rows = await sql.$queryRaw<
    ({ deviceId: string; offered: boolean } & { [column in keyof StaffView]: StaffView[column] | null })[]
  >`
    SELECT
      d.id AS "deviceId", p.id, p.name, m.role,
      EXISTS (
        SELECT 1
        FROM memberships o
        JOIN people q ON q.id = o.person_id
        WHERE o.restaurant_id = d.restaurant_id AND o.pin_hash IS NOT NULL AND q.revoked_at IS NULL
      ) AS offered
    FROM devices d
    LEFT JOIN staff_sign_ins s ON s.open_on = d.id AND s.last_tap_at > now() - make_interval(mins => d.staff_minutes)
    LEFT JOIN memberships m ON m.person_id = s.person_id AND m.restaurant_id = d.restaurant_id
    LEFT JOIN people p ON p.id = m.person_id AND p.revoked_at IS NULL
    WHERE d.id = ANY(${deviceIds}::uuid[])
  `;
  return new Map(
    rows.map(({ deviceId, offered, id, name, role }) => [
      deviceId,
      { offered, person: id && name && role ? { id, name, role } : null },
    ]),
  );
}

/**
 * The person of a tap, whose time on the device begins anew.
 * @returns the person's name; null where they were not signed in on this device lately, or were removed: the tap then
 * counts as the device's
 */
export async function tapBy(tx: Sql, deviceId: string, personId: string): Promise<string | null> {
  if (!isUuid(deviceId)) return null;
  const [person] = await tx.$queryRaw<{ name: string }[]>`
    SELECT p.name
    FROM people p
    JOIN devices d ON d.id = ${deviceId}::uuid
    JOIN memberships m ON m.person_id = p.id AND m.restaurant_id = d.restaurant_id
    WHERE p.id = ${personId}::uuid
      AND p.revoked_at IS NULL
      AND EXISTS (
        SELECT 1
        FROM staff_sign_ins s
        WHERE s.device_id = d.id
          AND s.person_id = p.id
          AND coalesce(s.ended_at, s.last_tap_at + make_interval(mins => d.staff_minutes)) > now() - make_interval(
            hours => ${LATE_TAP_HOURS}
          )
      )
  `;
  if (!person) return null;
  await tx.$executeRaw`
    UPDATE staff_sign_ins SET last_tap_at = now() FROM devices d
    WHERE open_on = ${deviceId}::uuid AND person_id = ${personId}::uuid AND d.id = device_id
      AND last_tap_at > now() - make_interval(mins => d.staff_minutes) AND last_tap_at < now() - interval '20 seconds'`;
  return person.name;
}
