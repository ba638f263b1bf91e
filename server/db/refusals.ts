// Errors of a first connection that no waiting heals, told as one line: a wrong password, a certificate that cannot be
// trusted, a server without TLS, a pooler that keeps no session. All others are waited for.
import { messageOf } from '../errors.ts';
import { readDatabaseUrl } from '../config/database-url.mjs';

/** The variable that the URL is from, as operators know it. */
export type DatabaseVariable = 'DATABASE_URL' | 'DATABASE_DIRECT_URL';

/** `host:port` of a database URL, or its socket's folder. Never throws. */
export function hostOf(databaseUrl: string): string {
  try {
    const url = new URL(readDatabaseUrl(databaseUrl).connectionString.replace('@/', '@localhost/'));
    const host = url.searchParams.get('host') ?? url.hostname;
    return host.startsWith('/') ? host : `${host}:${url.searchParams.get('port') ?? (url.port || '5432')}`;
  } catch {
    return 'the database';
  }
}

/** Codes of Node and of OpenSSL for a certificate that does not lead to a known authority. */
const UNKNOWN_AUTHORITY =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA|CERT_CHAIN_TOO_LONG)$/;
const NO_TLS = 'The server does not support SSL connections';
/** As PgBouncer and its like say it, each with the same SQLSTATE. */
const PARAMETER_REFUSED = /unsupported startup parameter|startup parameter .* not supported/i;
const POOLER_REFUSAL = /no such (?:database|user)|" does not exist|auth(?:entication)? failed|password auth/i;

/** @returns the line; null where the database may just be away */
export function refusalOf(error: unknown, variable: DatabaseVariable, databaseUrl: string): string | null {
  const { code = '' } = (error ?? {}) as { code?: string };
  const place = hostOf(databaseUrl);
  const said = messageOf(error);
  if (UNKNOWN_AUTHORITY.test(code))
    return (
      `${variable}: the certificate of ${place} is from no authority that is known here (${said}): name ` +
      `the authority's file by sslrootcert=/path/to/ca.pem`
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return (
      `${variable}: the certificate of ${place} is for another name: use its name as the host, or set ` +
      `sslmode=verify-ca (${said})`
    );
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return (
      `${variable}: the certificate of ${place} is out of date (${said}): renew it there, or look at the ` +
      'clock here'
    );
  if (said === NO_TLS)
    return `${variable}: ${place} offers no TLS, which sslmode asks for: turn it on there, or set sslmode=prefer`;
  if (/^ERR_(?:SSL|OSSL)_|^EPROTO$/.test(code))
    return (
      `${variable}: TLS with ${place} fails (${said}): look at sslmode, sslcert and sslkey, and at its TLS ` +
      'versions'
    );
  if (PARAMETER_REFUSED.test(said)) return poolerWords(variable, place, `refuses our settings: ${said}`);
  if (code === '28000' && /no encryption|SSL off/i.test(said))
    return `${variable} is refused by ${place} without TLS (${said}): set sslmode=require`;
  if (['28P01', '28000', '3D000', '42501'].includes(code) || (code === '08P01' && POOLER_REFUSAL.test(said)))
    return `${variable} is refused by ${place}: ${said}`;
  return null;
}

/** For an address that leads to a pooler where a session is needed. */
export const poolerWords = (variable: DatabaseVariable, place: string, why: string): string =>
  variable === 'DATABASE_URL'
    ? `DATABASE_URL leads to a pooler at ${place} that ${why}: keep it, and set DATABASE_DIRECT_URL to the ` +
      'database itself, past the pooler. Without that, the pooler must have pool_mode=session, and pass ' +
      'our settings on instead of naming them in ignore_startup_parameters'
    : `DATABASE_DIRECT_URL leads to a pooler at ${place} that ${why}: it must lead to the database itself`;
