import { describe, expect, it } from 'vitest';
import { Command } from '../../server/protocol/commands.ts';
import type { StoryEvent } from '../../server/protocol/story.ts';
import { NOON } from '../../test/floor-orders.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { timesIn } from '../i18n/times.ts';
import { eventWords, storyCounts } from './story-words.ts';

const at = new Date(NOON).toISOString();
const message = { at, partition: 3, offset: 41 };
const tap: Extract<StoryEvent, { kind: 'tap' }> = {
  at,
  kind: 'tap',
  command: 'bump',
  by: 'Chen',
  device: 'Pass',
  station: 'Grill',
  dishes: ['2 Bhuna'],
  note: null,
  outcome: 'done',
  why: null,
};
type Kind = StoryEvent['kind'];

/** One event of each kind, and of each way to tell it. A new kind does not compile until it has one here. */
const told: { [K in Kind]: readonly Extract<StoryEvent, { kind: K }>[] } = {
  placed: [{ at, kind: 'placed' }],
  received: [{ at, kind: 'received' }],
  closed: [{ at, kind: 'closed' }],
  archived: [{ at, kind: 'archived' }],
  fetch: [
    { at, kind: 'fetch', ms: 38, tries: 1, error: null },
    { at, kind: 'fetch', ms: null, tries: 2, error: null },
    { at, kind: 'fetch', ms: 38, tries: 3, error: 'answered 500' },
  ],
  message: [
    ...['APPLIED', 'COVERED', 'SUPERSEDED', 'DISCARDED', 'of tomorrow'].map((fate) => ({
      ...message,
      kind: 'message' as const,
      fate,
      status: 'PAID',
      version: 2,
      redelivery: false,
    })),
    { ...message, kind: 'message', fate: 'APPLIED', status: null, version: null, redelivery: true },
  ],
  parked: [
    { ...message, kind: 'parked', error: 'answered 404' },
    { ...message, kind: 'parked', error: null },
  ],
  failed: [
    { ...message, kind: 'failed', attempts: 7, error: 'answered 500' },
    { ...message, kind: 'failed', attempts: 7, error: null },
  ],
  'next-try': [{ at, kind: 'next-try', attempts: 2, error: null }],
  operator: [
    { at, kind: 'operator', action: 'retry', by: 'Amal' },
    { at, kind: 'operator', action: 'discard', by: 'Amal' },
  ],
  rejected: [{ ...message, kind: 'rejected', reason: 'no JSON' }],
  fired: [
    { at, kind: 'fired', station: 'Grill', dishes: ['2 Bhuna', 'Naan'], course: null, firing: 1 },
    { at, kind: 'fired', station: 'Grill', dishes: ['Naan'], course: 2, firing: 2 },
  ],
  held: [{ at, kind: 'held', station: 'Grill', dishes: ['Naan'], course: 2, heldFor: 'course' }],
  confirmed: [{ at, kind: 'confirmed', station: 'Grill', by: 'Tablet', ms: 240 }],
  tap: [
    ...Command.def.options.map(({ shape }) => ({ ...tap, command: shape.kind.def.values[0]! })),
    { ...tap, station: null, dishes: [], by: null, device: null },
    { ...tap, outcome: 'conflict', why: 'ticket-state' },
    { ...tap, outcome: 'conflict', why: 'of-tomorrow' },
  ],
};
const all: readonly StoryEvent[] = Object.values(told).flat();
const wordsIn = (locale: 'en' | 'zh') => (event: StoryEvent) =>
  eventWords(translatorOf(locale, 'manager'), translatorOf(locale, 'common'), timesIn(locale), event);
const [en, zh] = [wordsIn('en'), wordsIn('zh')];

describe('an order’s story in words', () => {
  it.each(all.map((event) => [en(event).what, event] as const))('has words in both languages: %s', (what, event) => {
    expect(what).toMatch(/^[A-Z0-9]/);
    const chinese = zh(event).what;
    expect(chinese).toMatch(/\p{Script=Han}/u);
    // Every key has words, every placeholder is filled, and no English appears but the text that came with the event.
    for (const one of [what, chinese]) expect(one).not.toMatch(/story\.|undefined|null|[{}]/);
    expect(chinese.replaceAll(/answered|no JSON|of-tomorrow|Grill|Bhuna|Naan|PAID/g, '')).not.toMatch(/[a-z]{3}/i);
  });

  it('tells what each kind means apart from all others', () => {
    const kinds = Object.values(told).map((events) => en(events[0]!).what);
    expect(new Set(kinds).size).toBe(kinds.length);
    const taps = told.tap.map((event) => en(event).what.split(':')[0]);
    expect(new Set(taps).size).toBe(Command.def.options.length);
  });

  it('says who, where, and what went wrong', () => {
    expect(en(tap)).toEqual({ what: 'Bumped: Grill: 2 Bhuna', who: 'Chen · Pass', tone: 'plain' });
    expect(en({ ...tap, by: 'Pass' }).who).toBe('Pass');
    expect(en({ ...tap, outcome: 'conflict', why: 'of-tomorrow' })).toMatchObject({
      what: 'Bumped: Grill: 2 Bhuna: too late: of-tomorrow',
      tone: 'bad',
    });
    expect(all.filter((event) => en(event).tone === 'bad').map(({ kind }) => kind)).toEqual([
      'fetch',
      'parked',
      'parked',
      'failed',
      'failed',
      'rejected',
      'tap',
      'tap',
    ]);
    expect(storyCounts(all)).toEqual({ messages: 7, fetches: 3, tickets: 3, taps: told.tap.length });
  });
});
