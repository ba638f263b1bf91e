// Starting and ending the programs of a local set-up. Each gets a session of its own, so that Ctrl-C in the terminal reaches only the
// script that owns them and it can end them in order.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a person can do something about: shown as one line, without a stack. */
export class LocalError extends Error {}

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} logFile
 * @property {number} pid
 * @property {Promise<string>} ended tells how it ended, such as "exit code 1" or "SIGKILL"
 * @property {() => boolean} running
 */

/**
 * @param {string} name what it is called in messages
 * @param {string} command
 * @param {string[]} args
 * @param {{ logFile: string, cwd?: string, env?: NodeJS.ProcessEnv, uid?: number, gid?: number }} options
 * @returns {Promise<Program>}
 */
export async function startProgram(name, command, args, { logFile, ...options }) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
    let running = true;
    /** @type {Promise<string>} */
    const ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => { running = false; resolve(signal ?? `exit code ${code}`); });
    });
    await new Promise((resolve, reject) => { child.once('spawn', resolve); child.once('error', reject); });
    return { name, logFile, pid: /** @type {number} */ (child.pid), ended, running: () => running };
  } finally {
    closeSync(log);
  }
}

/**
 * Asks a program to end, and ends it when it takes longer than `graceMs`.
 * @param {Program} program
 * @param {NodeJS.Signals} signal
 * @param {number} graceMs
 */
export async function stopProgram(program, signal, graceMs) {
  if (program.running()) process.kill(program.pid, signal);
  const inTime = await Promise.race([program.ended.then(() => true), sleep(graceMs, false, { ref: false })]);
  if (!inTime && program.running()) process.kill(program.pid, 'SIGKILL');
  await program.ended;
}

/**
 * Waits until `probe` stops throwing, or until the program ends or the time is over: then the log's last words become the error.
 * @param {Program} program
 * @param {number} ms
 * @param {() => Promise<unknown>} probe
 */
export async function untilReady(program, ms, probe) {
  const deadline = Date.now() + ms;
  for (;;) {
    try { await probe(); return; } catch (error) {
      if (!program.running()) throw new LocalError(`${program.name} ended while starting (${await program.ended})${reasonIn(program.logFile)}`, { cause: error });
      if (Date.now() > deadline) throw new LocalError(`${program.name} did not get ready in ${ms / 1000} s (${/** @type {Error} */ (error).message}): see ${program.logFile}`, { cause: error });
    }
    await sleep(100);
  }
}

/** @param {string} logFile */
function reasonIn(logFile) {
  const tail = readFileSync(logFile, 'utf8').slice(-8000);
  if (/No space left on device|ENOSPC/i.test(tail)) return `: the disk is full; make room on the disk of ${path.dirname(logFile)} and start again`;
  if (/Address already in use|BindException/i.test(tail)) return ': its port is taken by another program; stop that one or choose another port';
  return `: see ${logFile}`;
}

/**
 * One line for a person from whatever was thrown.
 * @param {unknown} error
 */
export function lineOf(error) {
  const { code, message, path: file } = /** @type {NodeJS.ErrnoException} */ (error instanceof Error ? error : new Error(String(error)));
  if (code === 'ENOSPC' || /No space left on device|ENOSPC/i.test(message)) return `The disk is full${file ? ` (writing ${file})` : ''}: make room and start again.`;
  return message.split('\n').find((line) => line.trim() !== '') ?? 'an unknown error';
}

/**
 * Ends the programs of these ids and runs `then` should this process die without doing so itself, even by SIGKILL: the guard reads a
 * pipe that only this process holds open.
 * @param {{ pid: number, signal: NodeJS.Signals }[]} programs
 * @param {string[]} [directories] to be removed as well
 * @returns {() => void} calls the guard off
 */
export function guard(programs, directories = []) {
  const kill = programs.map(({ pid, signal }) => `kill -${signal.slice(3)} ${pid} 2>/dev/null`);
  const remove = directories.length ? ['sleep 2', ...programs.map(({ pid }) => `kill -KILL ${pid} 2>/dev/null`), 'sleep 0.2', 'rm -rf "$@"'] : [];
  const child = spawn('sh', ['-c', ['read -r word', '[ "$word" = off ] && exit 0', ...kill, ...remove].join('\n'), 'guard', ...directories], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.unref();
  /** @type {any} */ (child.stdin).unref();
  child.stdin.on('error', () => {});
  return () => { child.stdin.end('off\n'); };
}

/** @param {string} name */
export function temporaryDirectory(name) {
  const directory = mkdtempSync(path.join(tmpdir(), `heard-${name}-`));
  // Another user's PostgreSQL must be able to reach its data in it.
  chmodSync(directory, 0o711);
  return directory;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => (error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error)));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** @returns {Promise<number>} a port that nothing listens on */
export async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

export const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

/**
 * @param {string[]} packages
 * @param {(line: string) => void} log
 */
export function installByApt(packages, log) {
  log(`installing ${packages.join(' and ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    throw new LocalError(`apt-get could not install ${packages.join(' and ')} (${lineOf(error)}): install them by hand and start again.`, { cause: error });
  }
}
