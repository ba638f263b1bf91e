// Prepares a fresh clone: installs the packages of package-lock.json into node_modules. It imports only Node's own
// modules.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const OLDEST = [20, 19];

/** Compares the installed versions, not the files' times, which a checkout changes. */
function isInstalled() {
  const packages = (/** @type {string} */ file) =>
    /** @type {Record<string, { version?: string, optional?: boolean }>} */ (
      JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages
    );
  const wanted = packages('package-lock.json');
  try {
    const found = packages('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([name, { version, optional }]) => name === '' || found[name]?.version === version || (optional && !found[name]),
    );
  } catch {
    return false;
  }
}

/**
 * Runs `npm ci` if node_modules is missing or differs from package-lock.json. If that fails, ends the process with one
 * line.
 * @param {(line: string) => void} log
 */
export function ensureInstalled(log) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    console.error(
      `Node.js ${OLDEST.join('.')} or later is needed, and this is ${process.version}: ` +
        'install a newer one from https://nodejs.org.',
    );
    process.exit(1);
  }
  if (isInstalled()) return;
  log('installing packages (npm ci)');
  const { status, signal, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) return;
  if (!signal)
    console.error(
      `npm ci failed${error ? ` (${error.message})` : ''}: see above. ` +
        'Is there room on the disk, and a way to the registry?',
    );
  process.exit(signal === 'SIGINT' ? 130 : 1);
}
