// Freezes real processes, and checks that they are frozen. Linux only, because it reads /proc.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** The process and all its descendants. */
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

/** The number of these processes that are stopped by a signal. */
export const stoppedOf = (pids: readonly number[]): number =>
  pids.filter((pid) => {
    try {
      return statOf(pid)[0] === 'T';
    } catch {
      return false;
    }
  }).length;

/** The fields after the process's name (state, parent, ...). The name itself may contain any character. */
const statOf = (pid: number): string[] =>
  (/^\d+ \(.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '').split(' ');

export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      /* The process has ended. */
    }
}

/**
 * Stops processes with SIGSTOP. A guard continues them after `longestS` at the latest, even if this process dies,
 * because a stopped process cannot be ended.
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
    /* A signal takes a moment. */
  }
  return stoppedOf(pids);
}

export const thaw = (pids: readonly number[]): void => signal(pids, 'SIGCONT');
