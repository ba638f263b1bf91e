// An outage of the order service is told from an order that fails by itself.
import { beforeEach, expect, test } from 'vitest';
import { Breaker } from './breaker.ts';

let now = 0;
let breaker: Breaker;
beforeEach(() => {
  now = 0;
  breaker = new Breaker(() => now);
});
const failService = (times: number) => {
  for (let i = 0; i < times; i += 1) breaker.failed(`o-${i}`, true);
};

test('five signs without a success open it; a success in between starts the count anew', () => {
  failService(4);
  breaker.succeeded();
  failService(4);
  expect([breaker.state, breaker.admit()]).toEqual(['closed', true]);
  failService(1);
  expect([breaker.state, breaker.admit()]).toEqual(['open', false]);
});

test('one poisoned order, tried again and again, never opens it; five different ones do', () => {
  for (let i = 0; i < 100; i += 1) breaker.failed('o-poison', false);
  expect(breaker.state).toBe('closed');
  for (let i = 0; i < 4; i += 1) breaker.failed(`o-${i}`, false);
  expect(breaker.state).toBe('open');
});

test('open, it admits nothing until its pause is over, then one probe at a time', () => {
  failService(5);
  expect(breaker.waitMs).toBe(250);
  now = 249;
  expect(breaker.admit()).toBe(false);
  now = 250;
  expect(breaker.admit()).toBe(true);
  expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['half-open', false, false]);
  breaker.succeeded();
  expect([breaker.state, breaker.admit(), breaker.admit(), breaker.waitMs]).toEqual(['closed', true, true, 0]);
});

test('each probe that fails pauses it for longer, up to a second, counted from when it went out', () => {
  failService(5);
  const pauses = Array.from({ length: 6 }, () => {
    now += breaker.waitMs;
    expect(breaker.admit()).toBe(true);
    breaker.failed('o-1', true);
    return breaker.waitMs;
  });
  expect(pauses).toEqual([500, 1000, 1000, 1000, 1000, 1000]);
  now += breaker.waitMs;
  breaker.admit();
  now += 2000;
  breaker.failed('o-1', true);
  expect(breaker.waitMs).toBe(0);
});

test('what the service asks for with Retry-After is kept, up to a minute, whichever of the failures asked', () => {
  breaker.failed('o-1', true, 7000);
  expect(breaker.admit()).toBe(true);
  failService(4);
  expect(breaker.waitMs).toBe(7000);
  now += 7000;
  breaker.admit();
  breaker.failed('o-1', true, 3_600_000);
  expect(breaker.waitMs).toBe(60_000);
});

test('failures of requests that went out before it opened do not make its pause longer than the first', () => {
  failService(15);
  expect(breaker.waitMs).toBe(250);
  now = 100;
  failService(1);
  expect(breaker.waitMs).toBe(150);
});

test('after an outage, one poisoned order that is all there is to probe with does not keep it open: its own failures count again', () => {
  failService(5);
  const probe = (orderId: string, ofService: boolean) => {
    now += breaker.waitMs;
    expect(breaker.admit()).toBe(true);
    breaker.failed(orderId, ofService);
    return breaker.state;
  };
  expect(['o-poison', 'o-poison', 'o-poison'].map((id) => probe(id, false))).toEqual(['open', 'open', 'closed']);
  for (let i = 0; i < 20; i += 1) breaker.failed('o-poison', false);
  expect(breaker.state).toBe('closed');
  for (let i = 0; i < 4; i += 1) breaker.failed(`o-${i}`, false);
  expect(breaker.state).toBe('open');
});

test('a probe that told nothing makes room for another', () => {
  failService(5);
  now += breaker.waitMs;
  expect([breaker.admit(), breaker.admit()]).toEqual([true, false]);
  breaker.undecided();
  expect([breaker.admit(), breaker.state]).toEqual([true, 'half-open']);
});

test('probes of several orders that fail, or of a service that is down, keep it open', () => {
  failService(5);
  for (let i = 0; i < 12; i += 1) {
    now += breaker.waitMs;
    breaker.admit();
    if (i % 4 === 3) breaker.failed('o-1', true);
    else breaker.failed(`o-${i % 2}`, false);
    expect(breaker.state).toBe('open');
  }
});
