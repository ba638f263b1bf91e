// Secrets of devices: 256 random bits; the database keeps only their SHA-256. So many bits need no salt and no slow
// hash.
import { createHash, randomBytes } from 'node:crypto';

export const newSecret = (): string => randomBytes(32).toString('base64url');

/** In hex, as SQL's decode() reads it. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
