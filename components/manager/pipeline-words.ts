// Words for the health of the pipeline: a manager reads whether it works, and whether somebody must act.
import type { Health } from '../../server/protocol/views.ts';
import type { Words } from '../i18n/index.ts';

export interface PipelineFact {
  /** The same in every language. */
  key: 'kafka' | 'missing' | 'standing' | 'waiting' | 'failed' | 'rejected' | 'service' | 'screens' | 'database';
  name: string;
  value: string;
  /** The meaning of the value. */
  note: string;
  tone: 'good' | 'warning' | 'bad';
}

/**
 * Open tickets of this restaurant, and those that no screen of their station has confirmed; null while that is not
 * known.
 */
export type Confirmed = { open: number; unconfirmed: number } | null;
type T = Words<'manager'>;
type Span = (ms: number) => string;

export function pipelineWords(t: T, health: Health, confirmed: Confirmed, now: number, span: Span): PipelineFact[] {
  return [
    kafka(t, health, span),
    ...missing(t, health),
    ...standing(t, health),
    waiting(t, health, now, span),
    failed(t, health),
    rejected(t, health),
    service(t, health),
    ...screens(t, confirmed),
    database(t, health),
  ];
}

function kafka(t: T, { kafka: state, lag }: Health, span: Span): PipelineFact {
  const fact = (value: string, note: string, tone: PipelineFact['tone']): PipelineFact => ({
    key: 'kafka',
    name: t('pipeline.kafka'),
    value,
    note,
    tone,
  });
  if (state === 'away') return fact(t('pipeline.kafkaAway'), t('pipeline.kafkaAwayNote'), 'bad');
  if (lag === null) return fact(t('pipeline.notKnown'), t('pipeline.measured'), 'warning');
  const messages = t('pipeline.messages', { count: lag.messages });
  if (lag.messages === 0) return fact(messages, t('pipeline.onScreens'), 'good');
  return fact(
    messages,
    t('pipeline.oldestWaits', { span: span(lag.seconds * 1000) }),
    lag.seconds >= 10 ? 'bad' : lag.seconds >= 3 ? 'warning' : 'good',
  );
}

/** So rare that the line is left out while there are none. */
function missing(t: T, { missingMessages: n = 0 }: Health): PipelineFact[] {
  return n === 0
    ? []
    : [
        {
          key: 'missing',
          name: t('pipeline.missing'),
          value: t('pipeline.messages', { count: n }),
          note: t('pipeline.missingNote'),
          tone: 'bad',
        },
      ];
}

/** Left out while there are none, as well. */
function standing(t: T, { standingPartitions: n = 0 }: Health): PipelineFact[] {
  return n === 0
    ? []
    : [
        {
          key: 'standing',
          name: t('pipeline.standing'),
          value: t('pipeline.standingCount', { count: n }),
          note: t('pipeline.standingNote'),
          tone: 'bad',
        },
      ];
}

function waiting(
  t: T,
  { parkedOrders, parkedMessages, oldestParkedAt }: Health,
  now: number,
  span: Span,
): PipelineFact {
  const fact = { key: 'waiting', name: t('pipeline.waiting') } as const;
  if (parkedMessages === 0) return { ...fact, value: '0', note: t('pipeline.waitingNone'), tone: 'good' };
  const note =
    oldestParkedAt === null
      ? t('pipeline.waitingNoteNoAge')
      : t('pipeline.waitingNote', { span: span(now - Date.parse(oldestParkedAt)) });
  return {
    ...fact,
    value: t('pipeline.waitingCount', { orders: parkedOrders, messages: parkedMessages }),
    note,
    tone: 'warning',
  };
}

const failed = (t: T, { failedMessages: n }: Health): PipelineFact => ({
  key: 'failed',
  name: t('pipeline.failed'),
  value: `${n}`,
  note: n === 0 ? t('pipeline.failedNone') : t('pipeline.failedNote'),
  tone: n === 0 ? 'good' : 'bad',
});

const rejected = (t: T, { rejectedMessages: n }: Health): PipelineFact => ({
  key: 'rejected',
  name: t('pipeline.rejected'),
  value: `${n}`,
  note: n === 0 ? t('pipeline.rejectedNone') : t('pipeline.rejectedNote'),
  tone: n === 0 ? 'good' : 'warning',
});

function service(t: T, { orderApi }: Health): PipelineFact {
  const fact = { key: 'service', name: t('pipeline.service') } as const;
  const value = t('pipeline.requests', { inFlight: orderApi.inFlight, limit: orderApi.limit });
  if (orderApi.state === 'down') {
    const { reason } = orderApi;
    const note = reason ? t('pipeline.downReason', { reason }) : t('pipeline.downNote');
    return { ...fact, value: t('pipeline.down'), note, tone: 'bad' };
  }
  if (orderApi.state === 'slow') return { ...fact, value, note: t('pipeline.slowNote'), tone: 'warning' };
  return { ...fact, value, note: t('pipeline.healthy'), tone: 'good' };
}

function screens(t: T, confirmed: Confirmed): PipelineFact[] {
  if (confirmed === null) return [];
  const { open: count, unconfirmed } = confirmed;
  const fact = { key: 'screens', name: t('pipeline.screens') } as const;
  if (unconfirmed > 0)
    return [
      {
        ...fact,
        value: t('pipeline.screensSome', { count, confirmed: Math.max(0, count - unconfirmed) }),
        note: t('pipeline.screensBad'),
        tone: 'bad',
      },
    ];
  return [
    {
      ...fact,
      value: t('pipeline.screensAll', { count }),
      note: count === 0 ? t('pipeline.screensNone') : t('pipeline.screensNote'),
      tone: 'good',
    },
  ];
}

const database = (t: T, { database: state }: Health): PipelineFact =>
  state === 'ok'
    ? {
        key: 'database',
        name: t('pipeline.database'),
        value: t('pipeline.healthy'),
        note: t('pipeline.databaseOk'),
        tone: 'good',
      }
    : {
        key: 'database',
        name: t('pipeline.database'),
        value: t('pipeline.away'),
        note: t('pipeline.databaseAway'),
        tone: 'bad',
      };
