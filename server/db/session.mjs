// The settings of every session that Heard opens. Plain JavaScript, because the schema engine and the scripts, which run
// before anything is built, use it, too.

/**
 * - timezone: the pg adapter writes `+00:00` over the offset that a time came with, and sends times without one. In a
 *   session that is not in UTC all clocks would be hours off. Database and role may have any time zone.
 * - jit: before version 18 a statement over a table without a fitting index is compiled each time it runs, since a
 *   disabled sequential scan counts as very dear (126 ms of processor time each second).
 */
const OPTIONS = '-c timezone=UTC -c jit=off';

/**
 * The part of a pg configuration that says where the database is and how its sessions are set. Options in the URL stay;
 * ours stand behind them, and the last one counts.
 * @param {string} databaseUrl
 * @param {string} [more] further options
 * @returns {{ connectionString: string, options: string, keepAlive: true }}
 */
export function sessionAt(databaseUrl, more = '') {
  const ours = `${OPTIONS} ${more}`.trim();
  // pg prefers the URL's options to those beside it.
  const theirs = /[?&]options=([^&]*)/.exec(databaseUrl);
  if (!theirs) return { connectionString: databaseUrl, options: ours, keepAlive: true };
  const url = new URL(databaseUrl);
  const options = `${url.searchParams.get('options') ?? ''} ${ours}`.trim();
  url.searchParams.delete('options');
  return { connectionString: url.href, options, keepAlive: true };
}
