// The way from the till to the screens, said so that a manager knows whether it works and whether somebody must do something.
import type { Health } from '../../server/protocol/views.ts';
import { count } from './late-words.ts';

export interface PipelineFact {
  name: string;
  value: string;
  /** What it means. */
  note: string;
  tone: 'good' | 'warning' | 'bad';
}

export function pipelineWords(health: Health, now: number, span: (ms: number) => string): PipelineFact[] {
  return [kafka(health), ...missing(health), waiting(health, now, span), failed(health), rejected(health), orderService(health), database(health)];
}

function kafka({ kafka: state, lag }: Health): PipelineFact {
  const name = 'Behind in Kafka';
  if (state === 'away') return { name, value: 'unknown', note: 'Kafka cannot be reached: new orders arrive when it is back', tone: 'bad' };
  if (lag === null) return { name, value: 'not known yet', note: 'being measured', tone: 'warning' };
  if (lag.messages === 0) return { name, value: '0 messages', note: 'every order is on its screens', tone: 'good' };
  const tone = lag.seconds >= 10 ? 'bad' : lag.seconds >= 3 ? 'warning' : 'good';
  return { name, value: count(lag.messages, 'message'), note: `the oldest waits ${count(Math.round(lag.seconds), 'second')}`, tone };
}

/** So rare that it is not said while it is not so. */
function missing({ missingMessages: n = 0 }: Health): PipelineFact[] {
  if (n === 0) return [];
  return [{ name: 'Missing from Kafka', value: count(n, 'message'), note: 'gone before they were read, in the last 24 hours: check open orders against the till, have them announced again', tone: 'bad' }];
}

function waiting({ parkedOrders, parkedMessages, oldestParkedAt }: Health, now: number, span: (ms: number) => string): PipelineFact {
  const name = 'Waiting to be tried again';
  if (parkedMessages === 0) return { name, value: '0', note: 'the order service had an answer for every order', tone: 'good' };
  const oldest = oldestParkedAt === null ? '' : `oldest for ${span(now - Date.parse(oldestParkedAt))}; `;
  return { name, value: `${count(parkedOrders, 'order')}, ${count(parkedMessages, 'message')}`, note: `${oldest}tried again by itself`, tone: 'warning' };
}

const failed = ({ failedMessages: n }: Health): PipelineFact => ({
  name: 'Failed, needs a person',
  value: `${n}`,
  note: n === 0 ? 'nothing was given up' : 'given up after the last try: the operator retries or discards it',
  tone: n === 0 ? 'good' : 'bad',
});

const rejected = ({ rejectedMessages: n }: Health): PipelineFact => ({
  name: 'Rejected',
  value: `${n}`,
  note: n === 0 ? 'every message could be read' : 'could not be read; kept for the operator',
  tone: n === 0 ? 'good' : 'warning',
});

function orderService({ orderApi }: Health): PipelineFact {
  const name = 'Order service';
  const value = `${orderApi.inFlight} of ${orderApi.limit} requests`;
  if (orderApi.state === 'down') return { name, value: 'down', note: 'new orders wait until it answers; nothing is lost', tone: 'bad' };
  if (orderApi.state === 'slow') return { name, value, note: 'slow: asked for less until it recovers', tone: 'warning' };
  return { name, value, note: 'healthy', tone: 'good' };
}

const database = ({ database: state }: Health): PipelineFact => ({
  name: 'Database',
  value: state === 'ok' ? 'healthy' : 'away',
  note: state === 'ok' ? 'what the screens show is what is stored' : 'screens show the last known state; taps wait',
  tone: state === 'ok' ? 'good' : 'bad',
});
