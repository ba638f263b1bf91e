// Reads the URL of a database as libpq does, the library of psql and of most other clients: sslmode and its files, and
// of Prisma's parameters the schema. A parameter that would be without effect is refused by name. Plain JavaScript, as
// server/db/session.mjs.
import { readFileSync } from 'node:fs';

/** Its message goes on behind the variable's name, and holds nothing of the URL but names of parameters and files. */
export class DatabaseUrlError extends Error {}

/**
 * @typedef {object} DatabaseUrl
 * @property {string} connectionString the URL without the parameters that are told below
 * @property {string} options for the server's command line, such as `-c geqo=off`
 * @property {string} schema
 * @property {false | import('node:tls').ConnectionOptions} ssl
 * @property {boolean} plainAllowed whether a server without TLS will do
 * @property {boolean} enableChannelBinding
 */

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** Parameters that go on to the driver. */
const PASSED = ['host', 'port', 'user', 'password', 'application_name', 'client_encoding', 'sslnegotiation'];
/** Parameters that are read here. */
const READ = ['options', 'schema', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'channel_binding'];
/** Parameters of libpq that Heard fulfils in its own way: it tries again by itself, and never writes to a standby. */
const FULFILLED = ['connect_timeout', 'keepalives', 'keepalives_idle', 'target_session_attrs', 'gssencmode'];

/** @type {Record<string, string>} */
const INSTEAD = {
  connection_limit: 'set DATABASE_POOL_MAX instead',
  pool_timeout: 'leave it out, since Heard has a time-out of its own',
  socket_timeout: 'leave it out, since Heard has a time-out of its own',
  statement_timeout: 'leave it out, since Heard has a time-out of its own',
  lock_timeout: 'leave it out, since Heard has a time-out of its own',
  idle_in_transaction_session_timeout: 'leave it out, since Heard has a time-out of its own',
  pgbouncer: 'leave it out, and set DATABASE_DIRECT_URL to the database itself, past the pooler',
  statement_cache_size: 'leave it out',
  sslaccept: 'set sslmode=require or sslmode=verify-full instead',
  sslidentity: 'set sslcert and sslkey instead',
  sslpassword: 'set sslcert and sslkey instead, the key without a password',
  ssl: 'set sslmode=verify-full, sslmode=require or sslmode=disable instead',
};

/**
 * @param {string} databaseUrl a URL
 * @returns {DatabaseUrl}
 * @throws {DatabaseUrlError}
 */
export function readDatabaseUrl(databaseUrl) {
  // Node refuses to parse `postgresql://user@/heard?host=/run/postgresql`.
  const url = new URL(databaseUrl.replace('@/', '@localhost/'));
  const parameters = url.searchParams;
  for (const name of new Set(parameters.keys())) {
    if ([...PASSED, ...READ, ...FULFILLED, 'uselibpqcompat'].includes(name)) continue;
    throw new DatabaseUrlError(
      `has the parameter ${name}, which Heard does not know: ${INSTEAD[name] ?? 'leave it out'}`,
    );
  }
  const schema = parameters.get('schema') ?? 'public';
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema) || schema.startsWith('pg_'))
    throw new DatabaseUrlError('has a schema that is not made of small letters, digits and underscores');
  const options = (parameters.get('options') ?? '').trim();
  if (/search_path/i.test(options))
    throw new DatabaseUrlError('sets search_path in its options: name the schema by schema=... instead');
  const channelBinding = parameters.get('channel_binding');
  const tls = tlsOf(parameters);
  const taken = [...READ, ...FULFILLED, 'uselibpqcompat'].filter((name) => parameters.has(name));
  for (const name of taken) parameters.delete(name);
  return {
    connectionString: taken.length > 0 ? url.href : databaseUrl,
    options,
    schema,
    ...tls,
    enableChannelBinding: channelBinding === 'require' || channelBinding === 'prefer',
  };
}

/**
 * As in https://www.postgresql.org/docs/current/libpq-ssl.html, but for a file that libpq looks for in the home folder.
 * @param {URLSearchParams} parameters
 * @returns {Pick<DatabaseUrl, 'ssl' | 'plainAllowed'>}
 */
function tlsOf(parameters) {
  const mode = parameters.get('sslmode') ?? 'prefer';
  if (!SSL_MODES.includes(mode)) throw new DatabaseUrlError(`has an sslmode that is none of ${SSL_MODES.join(', ')}`);
  const plainAllowed = ['disable', 'allow', 'prefer'].includes(mode);
  if (plainAllowed && parameters.get('sslnegotiation') === 'direct')
    throw new DatabaseUrlError('has sslnegotiation=direct, which needs sslmode=require or more');
  if (mode === 'disable') return { ssl: false, plainAllowed };
  const read = (/** @type {string} */ name) => {
    const file = parameters.get(name);
    if (!file) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new DatabaseUrlError(
        `names a file as ${name} that cannot be read: ${/** @type {Error} */ (error).message}`,
      );
    }
  };
  const known = parameters.get('sslrootcert') === 'system';
  if (known && mode !== 'verify-full')
    throw new DatabaseUrlError('has sslrootcert=system, which needs sslmode=verify-full');
  const ca = known ? undefined : read('sslrootcert');
  if (mode === 'verify-ca' && ca === undefined)
    throw new DatabaseUrlError("has sslmode=verify-ca, which needs the authority's file: sslrootcert=/path/to/ca.pem");
  const [cert, key] = [read('sslcert'), read('sslkey')];
  if ((cert === undefined) !== (key === undefined))
    throw new DatabaseUrlError('has one of sslcert and sslkey, and needs both');
  const checked = mode === 'verify-full' || ca !== undefined;
  return {
    ssl: {
      rejectUnauthorized: checked,
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert, key }),
      ...(checked && mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
    },
    plainAllowed,
  };
}
