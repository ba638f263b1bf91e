// Starts and ends the programs of a local set-up. Each gets a session of its own, so that Ctrl-C in the terminal
// reaches only the script that owns them. That script then ends them in order.
import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An error that a person can act on. It is shown as one line, without a stack. */
export class LocalError extends Error {}

/** The words of programs when the disk is full. */
export const DISK_FULL = /No space left on device|ENOSPC|could not extend file/i;

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} logFile
 * @property {number} pid
 * @property {number} target the receiver of signals: the process, or its group as a negative number
 * @property {Promise<string>} ended how it ended, such as "exit code 1" or "SIGKILL"
 * @property {() => boolean} running
 */

/**
 * @param {string} name its name in messages
 * @param {string} command
 * @param {string[]} args
 * @param {{ logFile: string, endSignal?: NodeJS.Signals, group?: boolean, cwd?: string, env?: NodeJS.ProcessEnv, uid?:
 * number, gid?: number }} options
 *   group: signals also go to the program's own children
 * @returns {Promise<Program>} a program that also ends when this process dies, however that happens
 */
export async function startProgram(name, command, args, { logFile, endSignal = 'SIGTERM', group = false, ...options }) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
    let running = true;
    /** @type {Promise<string>} */
    const ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        running = false;
        resolve(signal ?? `exit code ${code}`);
      });
    });
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const pid = /** @type {number} */ (child.pid);
    const target = group ? -pid : pid;
    void ended.then(whenWeDie(`kill -s ${endSignal.slice(3)} -- ${target}`));
    return { name, logFile, pid, target, ended, running: () => running };
  } finally {
    closeSync(log);
  }
}

/**
 * Asks a program to end, and kills it if that takes longer than `graceMs`.
 * @param {Program} program
 * @param {NodeJS.Signals} signal
 * @param {number} graceMs
 */
export async function stopProgram(program, signal, graceMs) {
  if (program.running()) process.kill(program.target, signal);
  const inTime = await Promise.race([program.ended.then(() => true), sleep(graceMs, false, { ref: false })]);
  if (!inTime && program.running()) process.kill(program.target, 'SIGKILL');
  await program.ended;
}

/**
 * Waits until `probe` stops throwing. If the program ends or the time is over first, the log's last words become the
 * error.
 * @param {Program} program
 * @param {number} ms
 * @param {() => Promise<unknown>} probe
 */
export async function untilReady(program, ms, probe) {
  const deadline = Date.now() + ms;
  for (;;) {
    try {
      await probe();
      return;
    } catch (error) {
      if (!program.running())
        throw new LocalError(
          `${program.name} ended while starting (${await program.ended})${reasonIn(program.logFile)}`,
          { cause: error },
        );
      if (Date.now() > deadline)
        throw new LocalError(
          `${program.name} did not get ready in ${ms / 1000} s ` +
            `(${/** @type {Error} */ (error).message}): see ${program.logFile}`,
          { cause: error },
        );
    }
    await sleep(100);
  }
}

/** @param {string} logFile */
function reasonIn(logFile) {
  const tail = readFileSync(logFile, 'utf8').slice(-8000);
  if (DISK_FULL.test(tail))
    return `: the disk is full; make room on the disk of ${path.dirname(logFile)} and start again`;
  if (/Address already in use|BindException/i.test(tail))
    return ': its port is taken by another program; stop that one or choose another port';
  return `: see ${logFile}`;
}

/**
 * One line for a person from any thrown value.
 * @param {unknown} error
 */
export function lineOf(error) {
  const {
    code,
    message,
    path: file,
  } = /** @type {NodeJS.ErrnoException} */ (error instanceof Error ? error : new Error(String(error)));
  if (code === 'ENOSPC' || DISK_FULL.test(message))
    return `The disk is full${file ? ` (writing ${file})` : ''}: make room and start again.`;
  return message.split('\n').find((line) => line.trim() !== '') ?? 'an unknown error';
}

/**
 * Runs a shell command if this process dies without doing so itself, even by SIGKILL: the shell reads a pipe that only
 * this process holds open.
 * @param {string} command
 * @param {string[]} args available to the command as "$@"
 * @returns {() => void} calls it off
 */
function whenWeDie(command, args = []) {
  const shell = spawn('sh', ['-c', `read -r word; [ "$word" = off ] || { ${command}; }`, 'guard', ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  /** @type {any} */ (shell.stdin).unref();
  shell.stdin.on('error', () => {});
  return () => {
    shell.stdin.end('off\n');
  };
}

/**
 * @param {string} directory removed by the returned function, or soon after this process has died without calling it
 * @returns {() => void}
 */
export function removedInTheEnd(directory) {
  // Twice, since programs that end by our death still write into it.
  const callOff = whenWeDie('sleep 2; rm -rf "$@"; sleep 3; rm -rf "$@"', [directory]);
  return () => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    callOff();
  };
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
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Ports that outgoing connections never get by themselves: theirs begin at 32,768 on Linux and at 49,152 elsewhere. A
 * port above could be taken by another program's connection before the program that it was found for listens.
 */
export const LISTENING_PORTS = { from: 10_240, below: 32_768 };

/** @returns {Promise<number>} a port that nothing listens on, drawn at random, since several programs look at once */
export async function freePort() {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = randomInt(LISTENING_PORTS.from, LISTENING_PORTS.below);
    if (await isFree(port)) return port;
  }
  throw new LocalError(`No free port between ${LISTENING_PORTS.from} and ${LISTENING_PORTS.below} was found.`);
}

/**
 * @param {number} pid
 * @returns {string} the command line of a process; empty when there is none
 */
export function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    /* There is no such process, or this is not Linux. */
  }
  try {
    return execFileSync('ps', ['-o', 'args=', '-ww', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

export const isRootOnDebian = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

/**
 * @param {string[]} packages
 * @param {(line: string) => void} log
 */
export function installByApt(packages, log) {
  log(`installing ${packages.join(' and ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    throw new LocalError(
      `apt-get could not install ${packages.join(' and ')} (${lineOf(error)}): install them by hand and start again.`,
      { cause: error },
    );
  }
}
