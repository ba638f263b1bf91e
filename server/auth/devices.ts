// Paired screens. An operator or a manager makes a device; a browser becomes it by opening its link or typing its code
// once, and a cookie proves it from then on.
//
//   made (hashes of link and code, 5 minutes) --first use--> paired (token hash) --revoke--> revoked
//        `-- time is up: they do nothing                  each request and socket asks the database: nothing is cached
import { randomUUID } from 'node:crypto';
import type { Bus } from '../db/bus.ts';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { type Actor, audit } from '../db/audit.ts';
import { stationJson } from '../feed/facts.ts';
import type { Sent } from '../http/answers.ts';
import type { DeviceView } from '../protocol/devices.ts';
import type { Role } from '../protocol/domain.ts';
import type { ScreenIdentity, StationView } from '../protocol/views.ts';
import { type DeviceClaim, isUuid, readClaims } from './cookies.ts';
import { newCode, readCode } from './pairing-code.ts';
import { codeHash } from './passwords.ts';
import { hashOf, newSecret } from './secrets.ts';

/** How long a pairing link works, in seconds. */
const PAIRING_SECONDS = 5 * 60;

/** After so many minutes without a tap a sign-in on a device ends, unless its manager set another time. */
const STAFF_MINUTES = 60;

export interface NewDevice {
  name: string;
  restaurantId: string;
  role: Role;
  stationId: string | null;
  staffMinutes?: number;
}
export interface Pairing {
  id: string;
  secret: string;
  code: string | null;
  expiresAt: Date;
}
export interface Paired {
  claim: DeviceClaim;
  role: Role;
  station: string | null;
}

interface ScreenRow {
  deviceId: string;
  deviceName: string;
  role: Role;
  revoked: boolean;
  restaurantId: string;
  restaurantName: string;
  timeZone: string;
  discovered: boolean;
  station: StationView | null;
}

export class Devices {
  readonly secure: boolean;
  constructor(private readonly deps: { prisma: PrismaClient; bus: Pick<Bus, 'publish'>; publicUrl: string }) {
    this.secure = deps.publicUrl.startsWith('https:');
  }

  /** @returns the device's id and the secrets that pair it: that of its link, and a code to type where one is wanted */
  async create(device: NewDevice, actor: Actor, withCode = false): Promise<Pairing> {
    const id = randomUUID();
    const {
      columns: [pairing, code],
      ...made
    } = await newPairing(id, withCode);
    return this.deps.prisma.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<[{ expiresAt: Date }]>`
        INSERT INTO devices (
          id, restaurant_id, name, role, station_id, staff_minutes, pairing_hash, code_hash, pairing_expires_at
        )
        VALUES (
          ${id}::uuid, ${device.restaurantId}, ${device.name}, ${device.role}, ${device.stationId}::uuid,
          ${device.staffMinutes ?? STAFF_MINUTES}, decode(${pairing}, 'hex'), decode(${code}, 'hex'),
          now() + make_interval(secs => ${PAIRING_SECONDS})
        )
        RETURNING pairing_expires_at AS "expiresAt"
      `;
      await audit(tx, actor, 'device.create', `device ${id}`, device, device.restaurantId);
      return { ...made, expiresAt: row.expiresAt };
    });
  }

  /**
   * A new link and code for a device that no browser has become.
   * @returns null where this restaurant has no such device
   */
  async renewPairing(restaurantId: string, id: string, actor: Actor): Promise<Pairing | null> {
    const {
      columns: [pairing, code],
      ...made
    } = await newPairing(id, true);
    return this.deps.prisma.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ expiresAt: Date }[]>`
        UPDATE devices
        SET
          pairing_hash = decode(${pairing}, 'hex'), code_hash = decode(${code}, 'hex'),
          pairing_expires_at = now() + make_interval(secs => ${PAIRING_SECONDS})
        WHERE id = ${id}::uuid AND restaurant_id = ${restaurantId} AND token_hash IS NULL AND revoked_at IS NULL
        RETURNING pairing_expires_at AS "expiresAt"
      `;
      if (!row) return null;
      await audit(tx, actor, 'device.code', `device ${id}`, {}, restaurantId);
      return { ...made, expiresAt: row.expiresAt };
    });
  }

  /** Turns a link's secret into a cookie's token, once, within its time. @returns null for every later try */
  pair(secret: string): Promise<Paired | null> {
    return this.#become(Prisma.sql`d.pairing_hash = decode(${hashOf(secret)}, 'hex')`);
  }

  /** The same for a code, however it was typed. */
  async pairByCode(typed: string): Promise<Paired | null> {
    const code = readCode(typed);
    return code === null
      ? null
      : this.#become(Prisma.sql`d.code_hash = decode(${(await codeHash(code)).toString('hex')}, 'hex')`);
  }

  async #become(asked: Prisma.Sql): Promise<Paired | null> {
    const token = newSecret();
    const row = await this.deps.prisma.$transaction(async (tx) => {
      const [paired] = await tx.$queryRaw<
        { id: string; name: string; restaurantId: string; role: Role; station: string | null }[]
      >`
        UPDATE devices d
        SET
          pairing_hash = NULL, code_hash = NULL, pairing_expires_at = NULL,
          token_hash = decode(${hashOf(token)}, 'hex'), paired_at = now()
        WHERE ${asked} AND d.pairing_expires_at > now() AND d.revoked_at IS NULL
        RETURNING
          d.id, d.name, d.restaurant_id AS "restaurantId", d.role,
          (SELECT s.name FROM stations s WHERE s.id = d.station_id) AS station
      `;
      if (paired) await audit(tx, paired.name, 'device.pair', `device ${paired.id}`, {}, paired.restaurantId);
      return paired;
    });
    return row ? { claim: { deviceId: row.id, token }, role: row.role, station: row.station } : null;
  }

  /** The devices of a restaurant, those that were revoked left out. */
  of(restaurantId: string): Promise<Sent<DeviceView>[]> {
    return this.deps.prisma.$queryRaw<Sent<DeviceView>[]>`
      SELECT
        d.id, d.name, d.role, s.name AS station, d.staff_minutes AS "staffMinutes", d.created_at AS "createdAt",
        d.paired_at AS "pairedAt",
        CASE
          WHEN d.token_hash IS NULL AND d.pairing_expires_at > now() THEN d.pairing_expires_at
        END AS "pairingUntil",
        (
          SELECT p.name
          FROM staff_sign_ins i
          JOIN people p ON p.id = i.person_id
          WHERE i.open_on = d.id AND i.last_tap_at > now() - make_interval(mins => d.staff_minutes)
        ) AS present
      FROM devices d
      LEFT JOIN stations s ON s.id = d.station_id
      WHERE d.restaurant_id = ${restaurantId} AND d.revoked_at IS NULL
      ORDER BY lower(d.name), d.id LIMIT 500
    `;
  }

  /** @returns false where there is no such device in this restaurant */
  async change(
    restaurantId: string,
    id: string,
    { name, staffMinutes }: { name?: string | undefined; staffMinutes?: number | undefined },
    actor: Actor,
  ): Promise<boolean> {
    return this.deps.prisma.$transaction(async (tx) => {
      const changed = await tx.$executeRaw`
        UPDATE devices
        SET
          name = coalesce(${name ?? null}, name),
          staff_minutes = coalesce(${staffMinutes ?? null}::int, staff_minutes)
        WHERE id = ${id}::uuid AND restaurant_id = ${restaurantId} AND revoked_at IS NULL
      `;
      if (changed) await audit(tx, actor, 'device.change', `device ${id}`, { name, staffMinutes }, restaurantId);
      return changed > 0;
    });
  }

  /** This browser's screens, latest paired first. */
  async list(cookieHeader: string | undefined): Promise<ScreenIdentity[]> {
    return (await this.#proven(readClaims(cookieHeader, this.secure)))
      .filter((row) => !row.revoked)
      .map((row) => identityOf(row, this.deps.publicUrl));
  }

  /** Whether the cookies prove any device, also one that was revoked. */
  async proves(cookieHeader: string | undefined): Promise<boolean> {
    return (await this.#proven(readClaims(cookieHeader, this.secure))).length > 0;
  }

  /** The screen of a socket, which names its device. */
  async authenticate(cookieHeader: string | undefined, deviceId: string): Promise<ScreenIdentity | 'revoked' | null> {
    const [row] = await this.#proven(
      readClaims(cookieHeader, this.secure).filter((claim) => claim.deviceId === deviceId),
    );
    if (!row) return null;
    return row.revoked ? 'revoked' : identityOf(row, this.deps.publicUrl);
  }

  /** Which of these devices are revoked and may show nothing. */
  async revoked(ids: string[]): Promise<string[]> {
    if (!ids.length) return [];
    const rows = await this.deps.prisma.$queryRaw<{ id: string }[]>`
      SELECT asked.id
      FROM unnest(${ids}::uuid[]) AS asked(id)
      LEFT JOIN devices d ON d.id = asked.id
      WHERE d.id IS NULL OR d.revoked_at IS NOT NULL
    `;
    return rows.map((row) => row.id);
  }

  /**
   * Signs a device out everywhere.
   * @param restaurantId whose device it must be; without it, anybody's
   * @returns false where there is no such device
   */
  async revoke(id: string, actor: Actor, restaurantId: string | null = null): Promise<boolean> {
    if (!isUuid(id)) return false;
    const found = await this.deps.prisma.$transaction(async (tx) => {
      const [device] = await tx.$queryRaw<{ restaurantId: string; name: string; revoked: boolean }[]>`
        SELECT restaurant_id AS "restaurantId", name, revoked_at IS NOT NULL AS revoked FROM devices
        WHERE id = ${id}::uuid AND restaurant_id = coalesce(${restaurantId}, restaurant_id) FOR UPDATE`;
      if (!device || device.revoked) return Boolean(device);
      await tx.$executeRaw`
        UPDATE devices
        SET revoked_at = now(), pairing_hash = NULL, code_hash = NULL, pairing_expires_at = NULL
        WHERE id = ${id}::uuid
      `;
      await tx.$executeRaw`UPDATE staff_sign_ins SET ended_at = now(), open_on = NULL WHERE open_on = ${id}::uuid`;
      await audit(tx, actor, 'device.revoke', `device ${id}`, { name: device.name }, device.restaurantId);
      return true;
    });
    if (found) this.deps.bus.publish('devices', [id]);
    return found;
  }

  async #proven(claims: DeviceClaim[]): Promise<ScreenRow[]> {
    if (!claims.length) return [];
    return this.deps.prisma.$queryRaw<ScreenRow[]>`
      SELECT
        d.id AS "deviceId", d.name AS "deviceName", d.role, d.revoked_at IS NOT NULL AS revoked,
        r.id AS "restaurantId", r.name AS "restaurantName", r.time_zone AS "timeZone", r.discovered,
        CASE WHEN s.id IS NOT NULL THEN ${stationJson} END AS station
      FROM unnest(
        ${claims.map((claim) => claim.deviceId)}::uuid[], ${claims.map((claim) => hashOf(claim.token))}::text[]
      ) AS claim(id, hash)
      JOIN devices d ON d.id = claim.id AND d.token_hash = decode(claim.hash, 'hex')
      JOIN restaurants r ON r.id = d.restaurant_id
      LEFT JOIN stations s ON s.id = d.station_id
      ORDER BY d.paired_at DESC, d.id
    `;
  }
}

/** The secrets that pair a device, and their hashes in hex as the database keeps them. */
async function newPairing(
  id: string,
  withCode: boolean,
): Promise<Omit<Pairing, 'expiresAt'> & { columns: [pairing: string, code: string | null] }> {
  const [secret, code] = [newSecret(), withCode ? newCode() : null];
  return { id, secret, code, columns: [hashOf(secret), code && (await codeHash(readCode(code)!)).toString('hex')] };
}

const identityOf = (row: ScreenRow, publicUrl: string): ScreenIdentity => ({
  deviceId: row.deviceId,
  deviceName: row.deviceName,
  person: null,
  role: row.role,
  restaurant: { id: row.restaurantId, name: row.restaurantName, timeZone: row.timeZone, discovered: row.discovered },
  station: row.station,
  publicUrl,
});
