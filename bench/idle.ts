// The work that an idle server process makes for the database: what nothing happening costs. Goal: below 1 % of a
// processor a process, on every version of PostgreSQL that Heard supports.
import { setTimeout as sleep } from 'node:timers/promises';
import { Platform } from '../simulator/platform.ts';
import { cpuSecondsOf } from './support/load.ts';
import { machine, option, queryOne, startServer, withBench } from './support/set-up.ts';

const PROCESSES = option('processes', 3);
const SECONDS = option('seconds', 20);
/** A process looks at everything once, and the database plans each statement. */
const SETTLE_MS = 10_000;
const GOAL_PERCENT = 1;

await withBench('idle', async (bench) => {
  const platform = await new Platform({ brokers: [bench.brokers], appEnv: 'prod' }).listen();
  bench.undo.push(() => platform.close());
  await bench.kafka.createTopic(platform.topic, 4);
  const { version } = await queryOne<{ version: string }>(
    bench,
    `SELECT current_setting('server_version') AS version`,
    'postgres',
  );
  console.log(`idle: PostgreSQL ${version}, ${PROCESSES} processes for ${SECONDS} s, ${machine()}`);
  const without = await percentOfDatabase();
  for (let n = 0; n < PROCESSES; n += 1) await startServer(bench, { APP_ENV: 'prod', ORDER_API_URL: platform.url });
  await sleep(SETTLE_MS);
  const each = ((await percentOfDatabase()) - without) / PROCESSES;
  console.log(`an idle process costs the database ${each.toFixed(2)} % of a processor (goal: below ${GOAL_PERCENT} %)`);
  if (!(each < GOAL_PERCENT)) process.exitCode = 1;
});

async function percentOfDatabase(): Promise<number> {
  const before = cpuSecondsOf('postgres');
  await sleep(SECONDS * 1000);
  return ((cpuSecondsOf('postgres') - before) / SECONDS) * 100;
}
