// Hints between two processes on a real database.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLogger } from '../logger.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { Bus, type HintTopic } from './bus.ts';

let database: TestDatabase;
let [here, there]: Bus[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  [here, there] = [
    new Bus({ databaseUrl: database.url, log: createLogger('silent') }),
    new Bus({ databaseUrl: database.url, log: createLogger('silent') }),
  ];
  await Promise.all([here.start(), there.start()]);
});
afterAll(async () => {
  await Promise.all([here?.stop(), there?.stop()]);
  await database?.drop();
});

test('hints of all topics at once, and of more than one message holds, arrive, with one statement at a time on the connection', async () => {
  const warnings: string[] = [];
  const warned = ({ message }: Error) => warnings.push(message);
  process.on('warning', warned);
  const topics: HintTopic[] = ['feed', 'devices', 'settings', 'retry', 'people', 'courses'];
  const heard = new Map(topics.map((topic) => [topic, new Set<string>()]));
  const removes = topics.map((topic) =>
    there!.on(topic, (ids) => {
      for (const id of ids) heard.get(topic)!.add(id);
    }),
  );
  const ids = Array.from({ length: 500 }, (_, i) => `restaurant ${i} with a name that makes it long`);
  for (const topic of topics) here!.publish(topic, ids);
  await vi.waitFor(() => expect([...heard.values()].map((found) => found.size)).toEqual(topics.map(() => ids.length)), {
    timeout: 5000,
    interval: 10,
  });
  // Hints that come while a statement is under way go with the next one.
  for (let i = 0; i < 100; i += 1) {
    here!.publish('feed', [`late ${i}`]);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await vi.waitFor(() => expect([...heard.get('feed')!].filter((id) => id.startsWith('late'))).toHaveLength(100), {
    timeout: 5000,
    interval: 10,
  });
  for (const remove of removes) remove();
  process.off('warning', warned);
  // pg says so, once a process, where a statement is put behind one that waits already.
  expect(warnings).toEqual([]);
});

test('an id arrives as it was sent, though it contains separators, quotes and line breaks', async () => {
  const ids = ['a|b', '|', 'retry|["x"]', "it's", 'two\nlines', '\u{1f355}'];
  const heard: string[] = [];
  const remove = there!.on('retry', (list) => heard.push(...list));
  here!.publish('retry', ids);
  await vi.waitFor(() => expect(heard).toEqual(ids), { timeout: 5000, interval: 10 });
  remove();
});
