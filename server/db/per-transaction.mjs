// Settings for connections through a pooler in transaction mode, where a session is ours for one transaction only. They go
// with each transaction, without another round trip: behind BEGIN, and before a statement that stands alone, in the
// transaction that it is by itself. Statements are not prepared by name, since the name would stay in a session that is
// somebody else's next.
import pg from 'pg';

/** Its methods are those of pg's Query, which the types leave out. */
const Query = /** @type {any} */ (pg.Query);

const literal = (/** @type {string} */ text) => `'${text.replaceAll("'", "''")}'`;

class SettingQuery extends Query {
  /** The answers that are those of the settings: those before ours, or those behind it. */
  #before = false;
  #behind = false;
  #begins = false;

  /** @param {any[]} args @param {() => string | null} statusOf @param {Record<string, string>} settings */
  constructor(args, statusOf, settings) {
    super(...args);
    this.statusOf = statusOf;
    this.settings = Object.entries(settings);
  }

  /** @param {any} connection */
  submit(connection) {
    if (this.statusOf() !== 'I') return super.submit(connection);
    if (/^\s*(?:BEGIN|START\s+TRANSACTION)\b/i.test(this.text)) {
      this.#begins = true;
      const local = this.settings.map(([name, value]) => `SET LOCAL ${name} = ${literal(value)}`);
      connection.query([this.text, ...local].join('; '));
      return null;
    }
    this.#before = true;
    this.queryMode = 'extended';
    return super.submit(connection);
  }

  /** @param {any} connection */
  prepare(connection) {
    if (this.#before) {
      const local = this.settings.map(([name, value]) => `set_config(${literal(name)}, ${literal(value)}, true)`);
      connection.parse({ text: `SELECT ${local.join(', ')}` });
      connection.bind({});
      connection.execute({});
    }
    super.prepare(connection);
  }

  /** @param {any} message */
  handleDataRow(message) {
    if (!this.#before) super.handleDataRow(message);
  }

  /** @param {any} message @param {any} connection */
  handleCommandComplete(message, connection) {
    if (this.#before) this.#before = false;
    else if (!this.#behind) super.handleCommandComplete(message, connection);
    this.#behind = this.#begins;
  }
}

/**
 * @param {typeof pg.Client} Client
 * @param {Record<string, string>} settings
 * @returns {typeof pg.Client}
 */
export function perTransaction(Client, settings) {
  const Base = /** @type {any} */ (Client);
  return class extends Base {
    /** @param {...any} args */
    query(...args) {
      if (typeof args[0]?.submit === 'function') return super.query(...args);
      const query = new SettingQuery(args, () => this.getTransactionStatus(), settings);
      query.query_timeout = args[0]?.query_timeout;
      if (query.callback) return super.query(query);
      return new Promise((resolve, reject) => {
        query.callback = (/** @type {unknown} */ error, /** @type {unknown} */ result) =>
          error ? reject(error) : resolve(result);
        super.query(query);
      });
    }
  };
}
