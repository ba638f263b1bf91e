import { describe, expect, it } from 'vitest';
import type { Health } from '../../server/protocol/views.ts';
import { ago, NOON } from '../floor/testing-orders.ts';
import { lateWords } from './late-words.ts';
import { pipelineWords } from './pipeline-words.ts';
import { healthy } from './testing-health.ts';

const span = (ms: number) => `${ms / 1000} s`;
const times = { span, clock: (at: number) => new Date(at).toISOString().slice(11, 16) };

describe('why an order is late, in words', () => {
  it('names the station and the time, and the one thing to do', () => {
    expect(lateWords({ kind: 'overloaded', station: 'Grill', open: 11 }, NOON, times)).toEqual({ why: 'Grill overloaded (11 open)', todo: 'Send help to Grill' });
    expect(lateWords({ kind: 'change-not-seen', station: 'Grill', change: 'voided', at: Date.parse(ago(2)) }, NOON, times).why).toBe('Voided at 11:58, not seen');
    expect(lateWords({ kind: 'not-picked-up', readyAt: Date.parse(ago(4)) }, NOON, times).why).toBe('Ready 240 s, not picked up');
    expect(lateWords({ kind: 'behind-in-kafka', messages: 1 }, NOON, times).why).toBe('Behind in Kafka by 1 message');
  });
});

describe('the pipeline, in words', () => {
  const facts = (health: Partial<Health> = {}) => Object.fromEntries(pipelineWords({ ...healthy, ...health }, NOON, span).map((fact) => [fact.name, fact]));

  it('is all good when it is', () => expect(Object.values(facts()).map((fact) => fact.tone)).toEqual(Array.from({ length: 6 }, () => 'good')));

  it('does not call it good that something is not known', () => {
    expect(facts({ lag: null })['Behind in Kafka']).toMatchObject({ value: 'not known yet', tone: 'warning' });
    expect(facts({ kafka: 'away', lag: { messages: 0, seconds: 0 } })['Behind in Kafka']).toMatchObject({ value: 'unknown', tone: 'bad' });
  });

  it('says how far behind it is, in messages and seconds', () => {
    expect(facts({ lag: { messages: 1240, seconds: 30 } })['Behind in Kafka']).toMatchObject({ value: '1,240 messages', note: 'the oldest waits 30 seconds', tone: 'bad' });
  });

  it('tells what is tried again by itself from what needs a person', () => {
    const troubled = facts({ parkedOrders: 1, parkedMessages: 2, oldestParkedAt: ago(1), failedMessages: 3 });
    expect(troubled['Waiting to be tried again']).toMatchObject({ value: '1 order, 2 messages', note: 'oldest for 60 s; tried again by itself', tone: 'warning' });
    expect(troubled['Failed, needs a person']).toMatchObject({ value: '3', tone: 'bad' });
  });

  it('says that messages are missing, and nothing of it while none are', () => {
    expect(facts({ missingMessages: 12 })['Missing from Kafka']).toMatchObject({ value: '12 messages', tone: 'bad' });
    expect(facts({ missingMessages: 0 })['Missing from Kafka']).toBeUndefined();
  });

  it('says that the order service or the database is away', () => {
    expect(facts({ orderApi: { state: 'down', inFlight: 0, limit: 10 } })['Order service']).toMatchObject({ value: 'down', tone: 'bad' });
    expect(facts({ orderApi: { state: 'ok', inFlight: 2, limit: 10 } })['Order service']).toMatchObject({ value: '2 of 10 requests', note: 'healthy' });
    expect(facts({ database: 'away' })['Database']).toMatchObject({ value: 'away', tone: 'bad' });
  });
});
