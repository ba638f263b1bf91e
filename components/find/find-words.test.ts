// Every answer about an order has a sentence in both languages, and "it was never sent" appears only where every other
// reason is ruled out.
import { describe, expect, it } from 'vitest';
import { Whereabouts, type FoundOrder, type PipelineState } from '../../server/protocol/find.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { locales } from '../i18n/locales.ts';
import { timesIn } from '../i18n/times.ts';
import { absenceWords, parkedWords, whereWords } from './find-words.ts';

const [t, times] = [translatorOf('en', 'find'), timesIn('en')];
const calm: PipelineState = { messagesWaiting: 0, secondsBehind: 0, orderApi: 'ok', kafka: 'ok', unfetchedOrders: 0 };
const found = (more: Partial<FoundOrder>): FoundOrder => ({
  orderId: 'o',
  number: 'A1',
  where: 'open',
  status: 'PAID',
  table: null,
  receivedAt: '2026-11-25T12:00:00Z',
  tickets: [],
  parked: null,
  allergies: [],
  reason: null,
  ...more,
});

describe('where an order is', () => {
  it('has a sentence of its own for every place, in each language', () => {
    for (const locale of locales) {
      const sentences = Whereabouts.options.map(
        (where) =>
          whereWords(
            translatorOf(locale, 'find'),
            found({
              where,
              reason: 'no JSON',
              parked: { failed: true, attempts: 7, nextAttemptAt: null, lastError: null },
            }),
          ).text,
      );
      expect(new Set(sentences).size).toBe(Whereabouts.options.length);
    }
  });

  it('is marked as bad exactly where the kitchen lacks it or will not cook it', () => {
    expect(Whereabouts.options.filter((where) => whereWords(t, found({ where })).bad)).toEqual([
      'canceled',
      'parked',
      'failed',
      'discarded',
      'rejected',
    ]);
  });

  it('says that a newer change is missing, beside an order that the kitchen has', () => {
    const parked = { failed: false, attempts: 2, nextAttemptAt: '2026-11-25T12:00:09Z', lastError: '404' };
    expect(parkedWords(t, times, 'UTC', found({ parked }))).toBe(
      'A newer change of it is missing here. Tried 2 times; next at 12:00:09. Last: 404.',
    );
    expect(parkedWords(t, times, 'UTC', found({ where: 'parked', parked }))).toBe(
      'Tried 2 times; next at 12:00:09. Last: 404.',
    );
    expect(parkedWords(t, times, 'UTC', found({}))).toBeNull();
  });
});

describe('an order that is not found', () => {
  it('was never sent only where nothing waits anywhere', () => {
    expect(absenceWords(t, times, calm)).toEqual({
      sure: true,
      words: ['Nothing waits on its way: the ordering platform has not sent it.'],
    });
    const doubts: Partial<PipelineState>[] = [
      { kafka: 'away' },
      { messagesWaiting: null },
      { messagesWaiting: 3 },
      { orderApi: 'down' },
      { unfetchedOrders: 1 },
    ];
    for (const doubt of doubts)
      expect(absenceWords(t, times, { ...calm, ...doubt }).sure, JSON.stringify(doubt)).toBe(false);
  });

  it('names everything in which it can be', () => {
    expect(
      absenceWords(t, times, {
        messagesWaiting: 320,
        secondsBehind: 130,
        orderApi: 'down',
        kafka: 'ok',
        unfetchedOrders: 2,
      }).words,
    ).toEqual([
      '320 messages wait in the order stream, 2 min 10 s behind: it may be among them.',
      'The order service does not answer: new orders come when it is back.',
      '2 orders wait for a retry, known by id only: look for the id.',
    ]);
  });
});
