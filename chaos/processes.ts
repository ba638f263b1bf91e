// Freezing real processes, and seeing that they are frozen. Linux only, where it looks into /proc.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** The process and all that it started. */
export function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [[Number(name), Number(statOf(Number(name))[1])] as const] : [];
    } catch {
      return [];
    }
  });
  const family = [pid];
  for (let i = 0; i < family.length; i += 1)
    family.push(...parents.flatMap(([child, parent]) => (parent === family[i] ? [child] : [])));
  return family;
}

/** Of these, how many are stopped by a signal. */
export const stoppedOf = (pids: readonly number[]): number =>
  pids.filter((pid) => {
    try {
      return statOf(pid)[0] === 'T';
    } catch {
      return false;
    }
  }).length;

/** State, parent, ...: what follows the name, which may contain anything. */
const statOf = (pid: number): string[] =>
  (/^\d+ \(.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '').split(' ');

export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      /* it has ended */
    }
}

/**
 * Stops processes, and has them go on after `longestS` at the latest, even if this process should die: what is stopped
 * cannot be ended.
 * @returns how many were really stopped
 */
export function freeze(pids: readonly number[], longestS: number): number {
  signal(pids, 'SIGSTOP');
  const guard = spawn('sh', ['-c', `sleep ${longestS}; kill -CONT "$@" 2>/dev/null`, 'guard', ...pids.map(String)], {
    detached: true,
    stdio: 'ignore',
  });
  guard.unref();
  for (const until = performance.now() + 1000; stoppedOf(pids) < pids.length && performance.now() < until;) {
    /* a signal takes a moment */
  }
  return stoppedOf(pids);
}

export const thaw = (pids: readonly number[]): void => signal(pids, 'SIGCONT');
