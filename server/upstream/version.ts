// Reads and compares versions of orders (server/protocol/version.ts).
import type { Version } from '../protocol/version.ts';

/** As much as the database's bigint holds. */
const HIGHEST = 2n ** 63n - 1n;

/** The version that a number says, or null if it is none. */
export function versionOf(value: unknown): Version | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  if (typeof value !== 'bigint' || value < 0n || value > HIGHEST) return null;
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
}

export const isLower = (one: Version, other: Version): boolean =>
  typeof one === 'number' && typeof other === 'number' ? one < other : BigInt(one) < BigInt(other);
