// The main way through PgBouncer in transaction mode, with two processes that share a few sessions: each message has its
// fate once, hints pass from process to process, and nothing is blamed on an order.
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTopic } from '../test/kafka.ts';
import { ensurePgBouncer, startPgBouncer, type PgBouncer } from '../test/pgbouncer.ts';
import { createLogger } from './logger.ts';
import {
  allCommitted,
  allEnded,
  expectTruth,
  fates,
  openPlatform,
  order,
  run,
  start,
  stop,
  withTopic,
} from '../test/topic-run.ts';

const there = ensurePgBouncer();
withTopic();
let pooler: PgBouncer | undefined;
beforeAll(async () => {
  if (there) pooler = await startPgBouncer(inject('postgresUrl'), { default_pool_size: '4' });
});
afterAll(() => pooler?.stop());

test.skipIf(!there)(
  'two processes behind one pooler lose, double and park nothing, and one goes on alone',
  async () => {
    await createTopic(run.topic, 4);
    await openPlatform();
    const poolerUrl = pooler!.through(run.databaseUrl);
    const warnings: unknown[] = [];
    const log = Object.assign(createLogger('silent'), {
      warn: (...words: unknown[]) => void warnings.push(words),
      error: (...words: unknown[]) => void warnings.push(words),
    });
    const [one] = [await start({ poolerUrl, log }), await start({ poolerUrl, log })];
    const ids = Array.from({ length: 60 }, () => run.platform.place(order()).id);
    for (const id of ids) run.platform.change(id, 'pay');
    await run.platform.flush();
    await allEnded(120);
    await stop(one);
    for (const id of ids) run.platform.change(id, { kind: 'add', items: [{ name: 'Naan' }] });
    await run.platform.flush();
    await allEnded(180);
    await allCommitted(180);
    await expectTruth(ids);
    expect(await fates()).toEqual({ positions: 180, rows: 180 });
    expect(await run.prisma.parkedMessage.count()).toBe(0);
    expect(warnings.filter((words) => /prepared|bouncer|statement|session/i.test(JSON.stringify(words)))).toEqual([]);
  },
);
