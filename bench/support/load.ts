// The machine's load, and our own share of it: figures taken while others worked are worth less. Linux only.
import { readFileSync, readdirSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface Sample {
  at: number;
  busy: number;
  cores: number;
  byProgram: Map<string, number>;
}

/** @returns a function that describes the processors' work since now */
export function watchLoad(names: Record<number, string> = {}): () => string {
  const before = sample(names);
  return () => {
    const after = sample(names);
    if (!before || !after) return '';
    const seconds = (after.at - before.at) / 1000;
    const share = (ticks: number) => `${Math.round((ticks / TICKS_PER_SECOND / seconds) * 100)} %`;
    const ours = [...after.byProgram]
      .map(([name, ticks]) => [name, ticks - (before.byProgram.get(name) ?? 0)] as const)
      .filter(([, ticks]) => ticks / TICKS_PER_SECOND / seconds > 0.01)
      .sort((a, b) => b[1] - a[1]);
    const others = after.busy - before.busy - ours.reduce((sum, [, ticks]) => sum + ticks, 0);
    const list = ours.map(([name, ticks]) => `${name} ${share(ticks)}`).join(', ');
    return `processors (of ${after.cores * 100} %): ${list}; all others on this machine ${share(Math.max(0, others))}`;
  };
}

/** The processor time of our own processes of this program until now, in seconds; NaN where the system does not tell. */
export const cpuSecondsOf = (program: string): number => (sample({})?.byProgram.get(program) ?? NaN) / TICKS_PER_SECOND;

/** Our own processes by program: this one, and all its descendants. */
function sample(names: Record<number, string>): Sample | undefined {
  try {
    const [total = '', ...rest] = readFileSync('/proc/stat', 'utf8').split('\n');
    const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0] = total.split(/\s+/).slice(1).map(Number);
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        const one = processOf(Number(pid));
        return one ? [one] : [];
      });
    const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
    const isOurs = (pid: number): boolean => {
      for (let at: number | undefined = pid; at; at = parents.get(at)) if (at === process.pid) return true;
      return false;
    };
    const byProgram = new Map<string, number>();
    for (const { pid, program, ticks } of processes) {
      if (!isOurs(pid)) continue;
      const name = pid === process.pid ? 'bench' : (names[pid] ?? program);
      byProgram.set(name, (byProgram.get(name) ?? 0) + ticks);
    }
    return {
      at: performance.now(),
      busy: user + nice + system + irq + soft,
      cores: rest.filter((line) => /^cpu\d/.test(line)).length,
      byProgram,
    };
  } catch {
    return undefined;
  }
}

function processOf(pid: number): { pid: number; parent: number; program: string; ticks: number } | undefined {
  try {
    const [, program = '', rest = ''] = /\((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ').map(Number);
    return { pid, parent: fields[1]!, program, ticks: fields[11]! + fields[12]! };
  } catch {
    return undefined;
  }
}

/** Waits until the others on this machine leave most of it to us, for `maxS` seconds at most. */
export async function awaitQuiet(maxS: number, othersPercent = 25): Promise<void> {
  const deadline = performance.now() + maxS * 1000;
  for (let quiet = 0; quiet < 2 && performance.now() < deadline;) {
    const load = watchLoad();
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
    quiet = Number(/all others on this machine (\d+)/.exec(load())?.[1] ?? 0) <= othersPercent ? quiet + 1 : 0;
  }
}
