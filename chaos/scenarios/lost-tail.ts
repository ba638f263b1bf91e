// A database that loses its tail under running servers: a standby that lags is promoted, or rows are put back as they
// were. Everything that is missing is read again from the topic. And a primary that is demoted and stays up, while a
// standby without any lag is promoted.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ground } from '../ground.ts';
import { familyOf, signal } from '../processes.ts';
import { demote, dropSlot, startStandby, undoDemotion, type Standby } from '../standby.ts';
import type { ChaosWorld } from '../world.ts';
import { proxiesOf } from './connections.ts';
import type { Bite, Scenario } from './scenario.ts';

const settlementsOf = async ({ database }: ChaosWorld): Promise<number> =>
  (await database.rows<{ n: number }>('SELECT count(*) AS n FROM order_history'))[0]!.n;

/** The servers' own words for it. */
const noticed = ({ servers }: ChaosWorld) =>
  servers.reduce((sum, server) => sum + server.logCount('the database has changed'), 0);

let standby: Standby | undefined;

async function withStandby(ground: Ground): Promise<() => Promise<void>> {
  const primary = ground.postgres;
  standby = await startStandby(primary, path.join(ground.directory, 'standby.log'));
  return async () => {
    ground.usePostgres(primary);
    await standby?.stop();
    standby = undefined;
    if (!primary.program.running()) await ground.startPostgres();
    else await undoDemotion(primary);
    await dropSlot(ground.postgres);
  };
}

export const lostTailScenarios: Scenario[] = [
  {
    name: 'failover',
    fault: 'PostgreSQL lost, a standby that lags promoted: the last transactions are gone',
    seconds: 4,
    prepare: withStandby,
    async run(world, seconds): Promise<Bite[]> {
      const { ground } = world.options;
      const before = noticed(world);
      await standby!.cutOff();
      const tailBegan = Date.now();
      await sleep(seconds * 1000);
      const had = await settlementsOf(world);
      await Promise.all(proxiesOf(world, 'database').map((proxy) => proxy.refuse()));
      signal(familyOf(ground.postgres.program.pid), 'SIGKILL');
      await ground.postgres.program.ended;
      await standby!.promote();
      world.expectLoss();
      ground.usePostgres(standby!.postgres);
      const taps = world.loseTail(tailBegan);
      const lost = had - (await settlementsOf(world));
      await Promise.all(proxiesOf(world, 'database').map((proxy) => proxy.listen()));
      world.options.say(`${lost} settlements and ${taps} taps were lost with the tail`);
      for (const until = Date.now() + 5000; noticed(world) === before && Date.now() < until;) await sleep(100);
      return [
        { what: 'settlements lost with the tail', count: lost },
        { what: 'servers that noticed', count: noticed(world) - before },
      ];
    },
  },
  {
    name: 'demoted',
    fault: 'PostgreSQL demoted, its standby promoted: the former primary stays up read-only, with its connections',
    seconds: 4,
    prepare: withStandby,
    async run(world, seconds): Promise<Bite[]> {
      const { ground } = world.options;
      const before = noticed(world);
      const former = ground.postgres;
      const had = await settlementsOf(world);
      await demote(former);
      const notReady = new Set<number>();
      for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(100))
        for (const server of world.servers) if (!(await server.isReady().catch(() => false))) notReady.add(server.slot);
      await standby!.receivedAllOf(former);
      await standby!.promote();
      // New connections lead to the new primary, and those to the former one are kept.
      ground.usePostgres(standby!.postgres);
      const lost = had - (await settlementsOf(world));
      for (const until = Date.now() + 10_000; noticed(world) === before && Date.now() < until;) await sleep(100);
      return [
        {
          what: 'servers that were not ready meanwhile',
          count: notReady.size === world.servers.length ? notReady.size : 0,
        },
        { what: 'servers that noticed', count: noticed(world) - before },
        { what: 'settlements that the standby has', count: lost > 0 ? 0 : had },
      ];
    },
    also: async ({ servers }) => servers.filter(({ running }) => !running).map(({ slot }) => `server ${slot} ended`),
  },
  {
    name: 'restore',
    fault: 'rows put back under running servers, as they were some seconds ago',
    seconds: 4,
    async run(world, seconds): Promise<Bite[]> {
      const before = noticed(world);
      await world.database.rows(KEEP);
      const tailBegan = Date.now();
      await sleep(seconds * 1000);
      const had = await settlementsOf(world);
      world.expectLoss();
      await putBack(world);
      const taps = world.loseTail(tailBegan);
      const lost = had - (await settlementsOf(world));
      world.options.say(`${lost} settlements and ${taps} taps were lost with the tail`);
      for (const until = Date.now() + 5000; noticed(world) === before && Date.now() < until;) await sleep(100);
      return [
        { what: 'settlements lost with the tail', count: lost },
        { what: 'servers that noticed', count: noticed(world) - before },
      ];
    },
  },
];

// ---- rows put back

/** Copies of all tables and the places of all sequences, in one statement and so of one moment. */
const KEEP = `
  BEGIN ISOLATION LEVEL REPEATABLE READ;
  DO $$
  DECLARE t text;
  BEGIN
    CREATE SCHEMA kept;
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('CREATE TABLE kept.%I AS SELECT * FROM public.%I', t, t);
    END LOOP;
  END $$;
  COMMIT;
`;
const PUT_BACK = `
  DO $$
  DECLARE
    t text;
    s record;
    all_tables text;
    locked boolean := false;
  BEGIN
    SET LOCAL session_replication_role = replica;
    -- The servers' transactions hold the same tables in another order: all of them at once, or none.
    SET LOCAL lock_timeout = '50ms';
    all_tables := (
      SELECT string_agg(format('public.%I', tablename), ', ' ORDER BY tablename)
      FROM pg_tables
      WHERE schemaname = 'public'
    );
    WHILE clock_timestamp() < now() + interval '7 seconds' LOOP
      BEGIN
        EXECUTE 'LOCK TABLE ' || all_tables;
        locked := true;
        EXIT;
      EXCEPTION
        WHEN lock_not_available OR deadlock_detected THEN PERFORM pg_sleep(0.02);
      END;
    END LOOP;
    IF NOT locked THEN
      RAISE EXCEPTION 'the tables could not be locked' USING ERRCODE = 'lock_not_available';
    END IF;
    EXECUTE 'TRUNCATE ' || all_tables;
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
      EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', t, t);
    END LOOP;
    FOR s IN
      SELECT c.table_name AS t, c.column_name AS c, pg_get_serial_sequence(c.table_name, c.column_name) AS seq
      FROM information_schema.columns c
      WHERE c.table_schema = 'public' AND pg_get_serial_sequence(c.table_name, c.column_name) IS NOT NULL
    LOOP
      EXECUTE format('SELECT setval(%L, COALESCE((SELECT max(%I) FROM public.%I), 0) + 1, false)', s.seq, s.c, s.t);
    END LOOP;
    DROP SCHEMA kept CASCADE;
  END $$
`;

/** On a busy machine the servers may leave no moment for it. */
async function putBack({ database }: ChaosWorld): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await database.rows(PUT_BACK);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03' || tries === 5) throw error;
    }
  }
}
