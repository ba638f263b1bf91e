// Faults of PostgreSQL.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from '../ground.ts';
import { familyOf, freeze, signal, stoppedOf, thaw } from '../processes.ts';
import type { ChaosWorld } from '../world.ts';
import { doneTo } from './connections.ts';
import type { Scenario } from './scenario.ts';

const TIMES = 100;
const DISK = 'disk';

/** The number of lines in PostgreSQL's log that contain these words. */
const logCount = ({ options: { ground } }: ChaosWorld, words: string) =>
  readFileSync(ground.postgresLog, 'utf8')
    .split('\n')
    .filter((line) => line.includes(words)).length;

export const postgresScenarios: Scenario[] = [
  {
    name: 'postgres-restart',
    fault: 'PostgreSQL restarted',
    seconds: 3,
    async run(world, seconds) {
      const { ground } = world.options;
      const before = logCount(world, 'terminating connection due to administrator command');
      await ground.postgres.stop();
      await sleep(seconds * 1000);
      await ground.startPostgres();
      return [
        {
          what: 'connections ended',
          count: logCount(world, 'terminating connection due to administrator command') - before,
        },
      ];
    },
  },
  {
    name: 'postgres-crash',
    fault: 'a process of PostgreSQL killed (SIGKILL): all sessions end, recovery',
    seconds: 0,
    async run(world) {
      const before = logCount(world, 'terminated by signal 9');
      const [row] = await world.database.rows<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'heard' ORDER BY query_start DESC LIMIT 1",
      );
      signal([row!.pid], 'SIGKILL');
      for (
        const until = performance.now() + 5000;
        performance.now() < until && logCount(world, 'terminated by signal 9') === before;
      )
        await sleep(50);
      return [{ what: 'crashes', count: logCount(world, 'terminated by signal 9') - before }];
    },
  },
  {
    name: 'postgres-frozen',
    fault: 'PostgreSQL frozen (SIGSTOP to all of its processes)',
    seconds: 30,
    async run(world, seconds) {
      const family = familyOf(world.options.ground.postgres.program.pid);
      const frozen = freeze(family, seconds + 30);
      await sleep(seconds * 1000);
      const still = stoppedOf(family);
      thaw(family);
      return [
        { what: 'processes stopped', count: frozen },
        { what: 'still stopped at its end', count: still },
      ];
    },
  },
  {
    name: 'postgres-away',
    fault: 'PostgreSQL unreachable: connections refused',
    seconds: 20,
    run: (world, seconds) => doneTo(world, 'database', seconds, 'refused', (proxy) => proxy.refuse()),
  },
  {
    name: 'postgres-silent',
    fault: 'PostgreSQL unreachable: connections stay open, nothing passes',
    seconds: 30,
    run: (world, seconds) => doneTo(world, 'database', seconds, 'held', (proxy) => proxy.freeze()),
  },
  {
    name: 'postgres-slow',
    fault: `PostgreSQL answers ${TIMES} times slower`,
    seconds: 30,
    async run(world, seconds) {
      const bites = await doneTo(world, 'database', seconds, 'delayedMs', (proxy) => {
        proxy.stretch = TIMES;
      });
      world.options.say(`${bites[1]?.count ?? 'an unknown number of'} messages waited at its end`);
      return [{ what: 'ms of delay', count: Math.round(bites[0]!.count) }];
    },
  },
  {
    name: 'disk-full',
    fault: 'disk of PostgreSQL full',
    seconds: 20,
    impossible: whyNoDisk,
    prepare: onDisk,
    async run(world, seconds) {
      const { ground } = world.options;
      const before = logCount(world, 'No space left on device');
      const filler = path.join(ground.directory, DISK, 'filler');
      const bytes = fill(filler);
      // Fills the disk again, because a checkpoint and the like may free a little space.
      for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
        await sleep(500);
        fill(filler);
      }
      const refused = logCount(world, 'No space left on device') - before;
      rmSync(filler);
      // PostgreSQL ends when it cannot write its log. This starts it again, as a supervisor would.
      const ended = !ground.postgres.program.running();
      if (ended) await ground.startPostgres(diskOf(ground));
      world.options.say(`PostgreSQL ${ended ? 'had ended and was started again' : 'ran on'}`);
      return [
        { what: 'bytes it was full of', count: bytes },
        { what: 'writes refused (ENOSPC)', count: refused },
      ];
    },
  },
];

// ---- a disk that can be filled: a tmpfs of its own, which takes root

const DISK_SIZE = '192m';
const diskOf = (ground: Ground) => ({
  dataDir: path.join(ground.directory, DISK, 'data'),
  settings: { max_wal_size: '48MB', min_wal_size: '32MB', wal_recycle: 'off' },
});

function whyNoDisk(): string | undefined {
  const at = mkdtempSync(path.join(tmpdir(), 'heard-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', at], { stdio: ['ignore', 'ignore', 'pipe'] });
    execFileSync('umount', [at], { stdio: 'ignore' });
    return undefined;
  } catch (error) {
    const reason = String((error as { stderr?: Buffer }).stderr ?? error).trim();
    return `no file system can be mounted here, so no disk can be filled (${reason}): run it as root`;
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}

/** @returns a function that undoes the move */
async function onDisk(ground: Ground): Promise<() => Promise<void>> {
  const at = path.join(ground.directory, DISK);
  mkdirSync(at);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_SIZE},mode=755`, 'tmpfs', at]);
  const unmount = () => {
    execFileSync('umount', ['-l', at]);
  };
  ground.finally(unmount);
  await ground.postgres.stop();
  await ground.startPostgres(diskOf(ground));
  return async () => {
    await ground.postgres.stop();
    await ground.startPostgres();
  };
}

/** @returns how many bytes went in before the disk was full */
function fill(file: string): number {
  const handle = openSync(file, 'a');
  let written = 0;
  try {
    for (let size = 1 << 20; size >= 512;) {
      try {
        written += writeSync(handle, Buffer.alloc(size, 1));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size >>= 1;
      }
    }
  } finally {
    closeSync(handle);
  }
  return written;
}
