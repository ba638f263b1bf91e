// The tokens in guests' links: an order's id with a keyed proof (HMAC), so nobody can guess one, or make one from
// another.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PrismaClient } from '../db/client.ts';

const KEY = 'guestKey';
const KEY_BYTES = 32;
/** 132 bits. */
const PROOF_CHARS = 22;
/** An id of 64 characters, of four bytes each. */
const MAX_CHARS = 400;

export class GuestTokens {
  private constructor(private readonly key: Buffer) {}

  /** All processes of a database share one key, which the first one makes. */
  static async load(prisma: PrismaClient): Promise<GuestTokens> {
    await prisma.$executeRaw`
      INSERT INTO settings (key, value, changed_at)
      VALUES (${KEY}, to_jsonb(${randomBytes(KEY_BYTES).toString('hex')}::text), now())
      ON CONFLICT (key) DO NOTHING
    `;
    const { value } = await prisma.setting.findUniqueOrThrow({ where: { key: KEY } });
    return GuestTokens.of(Buffer.from(String(value), 'hex'));
  }

  static of(key: Buffer): GuestTokens {
    if (key.length < KEY_BYTES) throw new Error("the key of guests' links is too short");
    return new GuestTokens(key);
  }

  tokenOf(orderId: string): string {
    return `${Buffer.from(orderId, 'utf8').toString('base64url')}.${this.#proof(orderId)}`;
  }

  /** @returns null for anything that is not a token of ours; it takes the same time for any proof */
  orderIdOf(token: string): string | null {
    const [encoded, proof, ...more] = token.split('.');
    if (!encoded || proof?.length !== PROOF_CHARS || more.length || token.length > MAX_CHARS) return null;
    const orderId = Buffer.from(encoded, 'base64url').toString('utf8');
    const given = Buffer.from(proof, 'utf8');
    const right = Buffer.from(this.#proof(orderId), 'utf8');
    return given.length === right.length && timingSafeEqual(given, right) && this.tokenOf(orderId) === token
      ? orderId
      : null;
  }

  #proof(orderId: string): string {
    return createHmac('sha256', this.key).update('guest\0').update(orderId).digest('base64url').slice(0, PROOF_CHARS);
  }
}
