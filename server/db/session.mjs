// The settings of every session that Heard opens. Plain JavaScript, because the schema engine and the scripts, which run
// before anything is built, use it, too.
import pg from 'pg';
import { readDatabaseUrl } from '../config/database-url.mjs';
import { perTransaction } from './per-transaction.mjs';

/**
 * - timezone: the pg adapter writes `+00:00` over the offset that a time came with, and sends times without one. In a
 *   session that is not in UTC all clocks would be hours off. Database and role may have any time zone.
 * - jit: before version 18 a statement over a table without a fitting index is compiled each time it runs, since a
 *   disabled sequential scan counts as very dear (126 ms of processor time each second).
 * - search_path: Prisma names the schema in each statement, and our own statements do not. A role may have another path,
 *   and a schema that is named like the role comes first in the usual one.
 * @param {string} schema
 */
const settingsOf = (schema) => ({ timezone: 'UTC', jit: 'off', search_path: schema });

/**
 * The part of a pg configuration that says where the database is and how its sessions are set. Options in the URL stay;
 * ours stand behind them, and the last one counts.
 * @param {string} databaseUrl
 * @param {Record<string, string>} [more] further settings
 * @throws {import('../config/database-url.mjs').DatabaseUrlError}
 */
export function sessionAt(databaseUrl, more = {}) {
  const { options, schema, ...where } = readDatabaseUrl(databaseUrl);
  const ours = Object.entries({ ...settingsOf(schema), ...more }).map(([name, value]) => `-c ${name}=${value}`);
  return { ...whereOf(where), options: [options, ...ours].filter(Boolean).join(' ') };
}

/**
 * The same through a pooler in transaction mode, such as PgBouncer. Each transaction may be in another session there, so
 * the settings go with the transaction. A pooler need know no start-up parameter of ours.
 * @param {string} databaseUrl
 * @param {Record<string, string>} [more] further settings
 * @throws {import('../config/database-url.mjs').DatabaseUrlError}
 */
export function pooledSessionAt(databaseUrl, more = {}) {
  const { options, schema, ...where } = readDatabaseUrl(databaseUrl);
  const { Client, ...config } = whereOf(where);
  return { ...config, options, Client: perTransaction(Client, { ...settingsOf(schema), ...more }) };
}

/** @param {string} databaseUrl */
export const schemaAt = (databaseUrl) => readDatabaseUrl(databaseUrl).schema;

/** @param {Pick<import('../config/database-url.mjs').DatabaseUrl, 'connectionString' | 'ssl' | 'plainAllowed' | 'enableChannelBinding'>} where */
const whereOf = ({ connectionString, ssl, plainAllowed, enableChannelBinding }) => ({
  connectionString,
  ssl,
  enableChannelBinding,
  keepAlive: /** @type {const} */ (true),
  Client: plainAllowed && ssl ? TlsPreferringClient : SessionClient,
});

/** One connection. Pools are handed the right class by `sessionAt`. */
export class SessionClient extends pg.Client {}

/** @param {ReturnType<typeof sessionAt> & pg.ClientConfig} config @returns {pg.Client} */
export const sessionClient = (config) => new config.Client(config);

/** Takes TLS where the server offers it, and goes on without it where it does not. */
class TlsPreferringClient extends SessionClient {
  /** @param {any} config */
  constructor(config) {
    super({ ...config, connection: new TlsPreferringConnection(config) });
  }
}

/** Its methods and events are those of pg's Connection, which the types leave out. */
const Connection = /** @type {any} */ (pg.Connection);
class TlsPreferringConnection extends Connection {
  /** @param {...any} place */
  connect(...place) {
    super.connect(...place);
    // The one listener waits for the one byte that answers our request for TLS.
    const [answered] = this.stream.listeners('data');
    this.stream.removeListener('data', answered);
    this.stream.once('data', (/** @type {Buffer} */ answer) => {
      if (answer.toString() !== 'N') return answered(answer);
      this.attachListeners(this.stream);
      this.emit('sslconnect');
    });
  }
}
