import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startParts, type Part } from './part.ts';

let told: string[];
let logged: string[];
const log = {
  error: (fields: { part: string; error?: string }, message: string) => {
    logged.push(`${fields.part}: ${message}${fields.error === undefined ? '' : ` (${fields.error})`}`);
  },
} as unknown as Parameters<typeof startParts>[0];
beforeEach(() => {
  told = [];
  logged = [];
});
afterEach(() => {
  vi.useRealTimers();
});

/** A part that notes when it is started and stopped. */
const part = (name: string, more: Partial<Part> = {}): [string, Part] => [
  name,
  {
    start: async () => {
      told.push(`${name} starts`);
      await Promise.resolve();
      told.push(`${name} started`);
    },
    stop: () => {
      told.push(`${name} stops`);
    },
    ...more,
  },
];
const start = (...parts: [string, Part][]) =>
  startParts(log, async (keep) => {
    for (const [name, one] of parts) await keep(name, one);
  });

test('each part starts after the one before it has started, and they stop in reverse order, once', async () => {
  const running = await start(part('a'), ['idle', { stop: () => void told.push('idle stops') }], part('b'));
  expect(told.splice(0)).toEqual(['a starts', 'a started', 'b starts', 'b started']);
  await running.stop();
  await running.stop();
  expect([told, logged]).toEqual([['b stops', 'idle stops', 'a stops'], []]);
});

test('a stop that fails is logged by its name and keeps no other part from stopping; the first error is thrown', async () => {
  const running = await start(
    part('a'),
    part('b', {
      stop: () => {
        throw new Error('second');
      },
    }),
    part('c', { stop: () => Promise.reject(new Error('first')) }),
  );
  await expect(running.stop()).rejects.toThrow('first');
  expect([told.at(-1), logged]).toEqual([
    'a stops',
    ['c: a part did not stop cleanly (first)', 'b: a part did not stop cleanly (second)'],
  ]);
});

test('a part that hangs has 8 s, all together have 12 s, and each one after that is still told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const hang = (name: string) =>
    part(name, {
      stop: () => {
        told.push(`${name} stops at ${performance.now() - began}`);
        return new Promise(() => {});
      },
    });
  const running = await start(part('a'), hang('b'), hang('c'), hang('d'), hang('e'));
  told = [];
  const began = performance.now();
  let ended = false;
  const stopping = running.stop().then(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(12_499);
  expect([told, ended]).toEqual([['e stops at 0', 'd stops at 8000', 'c stops at 12000', 'b stops at 12250'], false]);
  await vi.advanceTimersByTimeAsync(1);
  await stopping;
  expect([told.at(-1), logged]).toEqual([
    'a stops',
    [
      'e: a part did not stop in time (no answer within 8000 ms)',
      'd: a part did not stop in time (no answer within 4000 ms)',
      'c: a part did not stop in time (no answer within 250 ms)',
      'b: a part did not stop in time (no answer within 250 ms)',
    ],
  ]);
});

test('when a start fails, it and all parts before it are stopped, no later one starts, and its error is thrown', async () => {
  const failing = part('b', { start: () => Promise.reject(new Error('the port is taken')) });
  await expect(start(part('a', { stop: () => Promise.reject(new Error('no')) }), failing, part('c'))).rejects.toThrow(
    'the port is taken',
  );
  expect([told, logged]).toEqual([['a starts', 'a started', 'b stops'], ['a: a part did not stop cleanly (no)']]);
});

test('an error between two parts stops those that run', async () => {
  const made = startParts(log, async (keep) => {
    await keep(...part('a'));
    throw new Error('it could not be made');
  });
  await expect(made).rejects.toThrow('it could not be made');
  expect(told).toEqual(['a starts', 'a started', 'a stops']);
});
