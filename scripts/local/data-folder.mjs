// The folder .data/: the state of `npm run up` that stays between runs, with its lock, its secrets and its logs.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bundles.mjs';
import { LocalError, commandOf } from './process.mjs';

export const data = path.join(root, '.data');
export const logFile = (/** @type {string} */ name) => path.join(data, 'logs', `${name}.log`);

/**
 * Refuses a second run: two on one .data/ would end each other's database.
 * @returns {() => void} ends the lock
 */
export function lock() {
  const file = path.join(data, 'up.pid');
  mkdirSync(data, { recursive: true });
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (pid && pid !== process.pid && commandOf(pid).includes('up.mjs'))
    throw new LocalError(`It is already running here (process ${pid}): end that one first.`);
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/**
 * A secret of this folder, made at the first start.
 * @param {string} name
 * @param {number} bytes
 */
export function secret(name, bytes) {
  const file = path.join(data, name);
  if (!existsSync(file)) writeFileSync(file, randomBytes(bytes).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * The log of a new run. The log of the run before stays beside it.
 * @param {string} name
 */
export function fresh(name) {
  const file = logFile(name);
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file)) renameSync(file, logFile(`${name}.previous`));
  writeFileSync(file, '');
  return file;
}
