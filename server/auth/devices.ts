// Which screen a browser is. An operator makes a device, a browser becomes it by opening its link once, and a cookie proves it from then on.
//
//   made (pairing hash, 5 minutes) --first opening--> paired (token hash) --revoke--> revoked
//        `-- time is up: the link does nothing          each request and socket asks the database: nothing is cached
import { randomUUID } from 'node:crypto';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { audit } from '../operator/audit.ts';
import type { Role } from '../protocol/domain.ts';
import type { ScreenIdentity, StationView } from '../protocol/views.ts';
import { type Claim, isUuid, readClaims } from './cookies.ts';
import { hashOf, newSecret } from './secrets.ts';

/** How long a pairing link works, in seconds. */
const PAIRING_SECONDS = 5 * 60;

export interface NewDevice { name: string; restaurantId: string; role: Role; stationId: string | null }
export interface Paired { claim: Claim; role: Role; station: string | null }

interface ScreenRow {
  deviceId: string; deviceName: string; role: Role; revoked: boolean;
  restaurantId: string; restaurantName: string; timeZone: string; discovered: boolean;
  stationId: string | null; stationName: string | null; stationRetired: boolean; stationCombine: boolean; stationThresholds: StationView['thresholds'];
}

export class Devices {
  readonly secure: boolean;
  constructor(private readonly parts: { prisma: PrismaClient; bus: Pick<Bus, 'publish'>; publicUrl: string }) {
    this.secure = parts.publicUrl.startsWith('https:');
  }

  /** @returns the device's id, and the secret of its pairing link */
  async create(device: NewDevice, actor: string): Promise<{ id: string; secret: string }> {
    const [id, secret] = [randomUUID(), newSecret()];
    await this.parts.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO devices (id, restaurant_id, name, role, station_id, pairing_hash, pairing_expires_at)
        VALUES (${id}::uuid, ${device.restaurantId}, ${device.name}, ${device.role}, ${device.stationId}::uuid, decode(${hashOf(secret)}, 'hex'), now() + make_interval(secs => ${PAIRING_SECONDS}))`;
      await audit(tx, actor, 'device.create', `device ${id}`, device);
    });
    return { id, secret };
  }

  /** Turns a link's secret into a cookie's token: for the first who comes, within its time. @returns null for all others */
  async pair(secret: string): Promise<Paired | null> {
    const token = newSecret();
    const [row] = await this.parts.prisma.$queryRaw<{ id: string; role: Role; station: string | null }[]>`
      UPDATE devices d SET pairing_hash = NULL, pairing_expires_at = NULL, token_hash = decode(${hashOf(token)}, 'hex'), paired_at = now()
      WHERE d.pairing_hash = decode(${hashOf(secret)}, 'hex') AND d.pairing_expires_at > now() AND d.revoked_at IS NULL
      RETURNING d.id, d.role, (SELECT s.name FROM stations s WHERE s.id = d.station_id) AS station`;
    return row ? { claim: { deviceId: row.id, token }, role: row.role, station: row.station } : null;
  }

  /** The screens that this browser is, latest paired first. */
  async list(cookieHeader: string | undefined): Promise<ScreenIdentity[]> {
    return (await this.#proven(readClaims(cookieHeader, this.secure))).filter((row) => !row.revoked).map(identityOf);
  }

  /** For a socket, which names the device that it is. */
  async authenticate(cookieHeader: string | undefined, deviceId: string): Promise<ScreenIdentity | 'revoked' | null> {
    const [row] = await this.#proven(readClaims(cookieHeader, this.secure).filter((claim) => claim.deviceId === deviceId));
    if (!row) return null;
    return row.revoked ? 'revoked' : identityOf(row);
  }

  /** Which of these devices may show nothing any more. */
  async revoked(ids: string[]): Promise<string[]> {
    if (!ids.length) return [];
    const rows = await this.parts.prisma.$queryRaw<{ id: string }[]>`
      SELECT asked.id FROM unnest(${ids}::uuid[]) AS asked(id) LEFT JOIN devices d ON d.id = asked.id WHERE d.id IS NULL OR d.revoked_at IS NOT NULL`;
    return rows.map((row) => row.id);
  }

  /** Signs a device out everywhere. @returns false where there is no such device */
  async revoke(id: string, actor: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const found = await this.parts.prisma.$transaction(async (tx) => {
      const revoked = await tx.$executeRaw`UPDATE devices SET revoked_at = now(), pairing_hash = NULL, pairing_expires_at = NULL WHERE id = ${id}::uuid AND revoked_at IS NULL`;
      if (revoked) await audit(tx, actor, 'device.revoke', `device ${id}`, {});
      return revoked > 0 || (await tx.$queryRaw<unknown[]>`SELECT 1 FROM devices WHERE id = ${id}::uuid`).length > 0;
    });
    if (found) this.parts.bus.publish('devices', [id]);
    return found;
  }

  async #proven(claims: Claim[]): Promise<ScreenRow[]> {
    if (!claims.length) return [];
    return this.parts.prisma.$queryRaw<ScreenRow[]>`
      SELECT d.id AS "deviceId", d.name AS "deviceName", d.role, d.revoked_at IS NOT NULL AS revoked,
        r.id AS "restaurantId", r.name AS "restaurantName", r.time_zone AS "timeZone", r.discovered,
        s.id AS "stationId", s.name AS "stationName", s.retired_at IS NOT NULL AS "stationRetired", s.combine AS "stationCombine", s.thresholds AS "stationThresholds"
      FROM unnest(${claims.map((claim) => claim.deviceId)}::uuid[], ${claims.map((claim) => hashOf(claim.token))}::text[]) AS claim(id, hash)
      JOIN devices d ON d.id = claim.id AND d.token_hash = decode(claim.hash, 'hex')
      JOIN restaurants r ON r.id = d.restaurant_id LEFT JOIN stations s ON s.id = d.station_id
      ORDER BY d.paired_at DESC, d.id`;
  }
}

const identityOf = (row: ScreenRow): ScreenIdentity => ({
  deviceId: row.deviceId,
  deviceName: row.deviceName,
  person: null,
  role: row.role,
  restaurant: { id: row.restaurantId, name: row.restaurantName, timeZone: row.timeZone, discovered: row.discovered },
  station: row.stationId === null ? null : { id: row.stationId, name: row.stationName ?? '', retired: row.stationRetired, combine: row.stationCombine, thresholds: row.stationThresholds },
});
