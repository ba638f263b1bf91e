import { describe, expect, it } from 'vitest';
import type { Health } from '../../server/protocol/views.ts';
import { ago, NOON, order } from '../../test/floor-orders.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { lateWords } from './late-words.ts';
import { pipelineWords, type Confirmed } from './pipeline-words.ts';
import { placeWords } from './place-words.ts';
import { healthy } from '../../test/health.ts';

const t = translatorOf('en', 'manager');
const zh = translatorOf('zh', 'manager');
const span = (ms: number) => `${ms / 1000} s`;
const times = { span, clock: (at: number) => new Date(at).toISOString().slice(11, 16) };

describe('why an order is late, in words', () => {
  it('names the station and the time, and the one thing to do', () => {
    expect(lateWords(t, { kind: 'overloaded', station: 'Grill', open: 11 }, NOON, times)).toEqual({
      why: 'Grill overloaded (11 open)',
      todo: 'Send help to Grill',
    });
    expect(
      lateWords(t, { kind: 'change-not-seen', station: 'Grill', change: 'voided', at: Date.parse(ago(2)) }, NOON, times)
        .why,
    ).toBe('Voided at 11:58, not seen');
    expect(lateWords(t, { kind: 'not-picked-up', readyAt: Date.parse(ago(4)) }, NOON, times).why).toBe(
      'Ready 240 s, not picked up',
    );
    expect(lateWords(t, { kind: 'behind-in-kafka', messages: 1 }, NOON, times).why).toBe(
      'Behind in Kafka by 1 message',
    );
    expect(lateWords(t, { kind: 'held', by: null, course: 2, since: Date.parse(ago(12)) }, NOON, times).why).toBe(
      'Course 2 held 720 s',
    );
    expect(lateWords(t, { kind: 'not-on-screen', station: null }, NOON, times).why).toBe(
      'Not in view on a screen of a station that was removed',
    );
  });

  it('tells what waits from what needs a person', () => {
    expect(
      lateWords(t, { kind: 'parked', attempts: 3, error: 'answered 404', nextAt: NOON + 60_000 }, NOON, times),
    ).toEqual({ why: 'Order service, 3 tries', todo: 'Tried again by itself at 12:01: answered 404' });
    expect(lateWords(t, { kind: 'parked', attempts: 0, error: null, nextAt: NOON - 1 }, NOON, times)).toEqual({
      why: 'Order service, no try yet',
      todo: 'Tried again by itself: no reason known',
    });
    expect(lateWords(t, { kind: 'failed', attempts: 7, error: 'answered 500' }, NOON, times).todo).toBe(
      'Try it now, or tell the operator: answered 500',
    );
  });

  it('says it in Chinese', () =>
    expect(lateWords(zh, { kind: 'overloaded', station: '燒味', open: 9 }, NOON, times)).toEqual({
      why: '燒味过载（9 张未完成）',
      todo: '派人支援燒味',
    }));
});

describe('where an order goes', () => {
  it('is its table, else how it leaves the house, else what upstream called it', () => {
    const place = (more: object) => placeWords(t, order(more));
    expect([
      place({}),
      place({ table: 'Terrace 2' }),
      place({ type: 'DELIVERY' }),
      place({ table: null }),
      place({ table: null, type: null }),
      place({ table: ' ', type: 'DRIVE' }),
      place({ table: '八號' }),
    ]).toEqual(['Table 12', 'Terrace 2', 'Delivery', 'Dine in', 'No table', 'DRIVE', '八號']);
  });
});

describe('the pipeline, in words', () => {
  const facts = (health: Partial<Health> = {}, confirmed: Confirmed = { open: 7, unconfirmed: 0 }) =>
    Object.fromEntries(
      pipelineWords(t, { ...healthy, ...health }, confirmed, NOON, span).map((fact) => [fact.key, fact]),
    );

  it('is all good when it is', () =>
    expect(Object.values(facts()).map((fact) => fact.tone)).toEqual(Array.from({ length: 7 }, () => 'good')));

  it('does not call it good that something is not known', () => {
    expect(facts({ lag: null })['kafka']).toMatchObject({ value: 'not known yet', tone: 'warning' });
    expect(facts({ kafka: 'away', lag: { messages: 0, seconds: 0 } })['kafka']).toMatchObject({
      value: 'unknown',
      tone: 'bad',
    });
    expect(facts({}, null)['screens']).toBeUndefined();
  });

  it('says how far behind it is, in messages and time', () => {
    expect(facts({ lag: { messages: 1240, seconds: 30 } })['kafka']).toMatchObject({
      value: '1,240 messages',
      note: 'the oldest waits 30 s',
      tone: 'bad',
    });
  });

  it('says how many tickets a screen of their station has shown', () => {
    expect(facts()['screens']).toMatchObject({ value: '7 of 7 confirmed', tone: 'good' });
    expect(facts({}, { open: 7, unconfirmed: 2 })['screens']).toMatchObject({ value: '5 of 7 confirmed', tone: 'bad' });
  });

  it('tells what is tried again by itself from what needs a person', () => {
    const troubled = facts({ parkedOrders: 1, parkedMessages: 2, oldestParkedAt: ago(1), failedMessages: 3 });
    expect(troubled['waiting']).toMatchObject({
      value: '1 order, 2 messages',
      note: 'oldest for 60 s; tried again by itself',
      tone: 'warning',
    });
    expect(troubled['failed']).toMatchObject({ value: '3', tone: 'bad' });
  });

  it('says that messages are missing, and nothing of it while none are', () => {
    expect(facts({ missingMessages: 12 })['missing']).toMatchObject({ value: '12 messages', tone: 'bad' });
    expect(facts({ missingMessages: 0 })['missing']).toBeUndefined();
  });

  it('says that the order service or the database is away', () => {
    expect(facts({ orderApi: { state: 'down', inFlight: 0, limit: 10 } })['service']).toMatchObject({
      value: 'down',
      note: 'new orders wait until it answers; nothing is lost',
      tone: 'bad',
    });
    const refused = { state: 'down' as const, inFlight: 0, limit: 10, reason: 'orders.example answered 401' };
    expect(facts({ orderApi: refused })['service']).toMatchObject({
      note: 'orders.example answered 401; new orders wait, nothing is lost',
    });
    expect(facts({ orderApi: { state: 'ok', inFlight: 2, limit: 10 } })['service']).toMatchObject({
      value: '2 of 10 requests',
      note: 'healthy',
    });
    expect(facts({ database: 'away' })['database']).toMatchObject({ value: 'away', tone: 'bad' });
  });
});
