// Words for the events of an order's story. Pure.
import type { StoryEvent } from '../../server/protocol/story.ts';
import { isolatedList } from '../../server/protocol/rules/isolate.ts';
import type { Words } from '../i18n/index.ts';
import type { TimeFormats } from '../i18n/times.ts';

export interface EventWords {
  what: string;
  /** The person and the place; empty for the server itself. */
  who: string;
  tone: 'plain' | 'good' | 'bad';
}

export function eventWords(
  t: Words<'manager'>,
  why: Words<'common'>,
  times: TimeFormats,
  event: StoryEvent,
): EventWords {
  const said = (what: string, who: (string | null)[] = [], tone: EventWords['tone'] = 'plain'): EventWords => ({
    what,
    who: [...new Set(who.filter((one) => one !== null && one !== ''))].join(' · '),
    tone,
  });
  const reason = (error: string | null) => error ?? t('noReason');
  switch (event.kind) {
    case 'placed':
      return said(t('story.placed'));
    case 'received':
      return said(t('story.received'), [], 'good');
    case 'closed':
      return said(t('story.closed'));
    case 'archived':
      return said(t('story.archivedAt'));
    case 'fetch':
      return event.error === null
        ? said(t('story.fetched', { ms: times.number(event.ms ?? 0), tries: event.tries }))
        : said(t('story.fetchFailed', { tries: event.tries, error: event.error }), [], 'bad');
    case 'message': {
      const { partition, offset, fate, status, version, redelivery } = event;
      const text = t('story.message', {
        partition,
        offset: String(offset),
        fate,
        status: status ?? 'none',
        version: version === null ? 'none' : String(version),
      });
      return said(redelivery ? t('story.with', { tap: text, what: t('story.redelivery') }) : text);
    }
    case 'parked': {
      const at = { partition: event.partition, offset: String(event.offset) };
      return said(
        event.error === null ? t('story.parkedBehind', at) : t('story.parked', { ...at, error: event.error }),
        [],
        'bad',
      );
    }
    case 'failed':
      return said(
        t('story.failed', {
          partition: event.partition,
          offset: String(event.offset),
          attempts: event.attempts,
          error: reason(event.error),
        }),
        [],
        'bad',
      );
    case 'next-try':
      return said(t('story.nextTry', { attempts: event.attempts }));
    case 'operator':
      return said(t(event.action === 'retry' ? 'story.retry' : 'story.discard'), [event.by]);
    case 'rejected':
      return said(
        t('story.rejected', { partition: event.partition, offset: String(event.offset), reason: event.reason }),
        [],
        'bad',
      );
    case 'fired':
      return said(
        t('story.fired', {
          station: event.station,
          dishes: isolatedList(event.dishes),
          course: event.course ?? 0,
          firing: event.firing,
        }),
      );
    case 'held':
      return said(
        t(event.heldFor === 'due' ? 'story.heldDue' : 'story.held', {
          station: event.station,
          dishes: isolatedList(event.dishes),
          course: event.course ?? 0,
        }),
      );
    case 'confirmed':
      return said(
        t('story.confirmed', { station: event.station, span: `${times.number(event.ms / 1000)} s` }),
        [event.by],
        'good',
      );
    case 'tap':
      return tap(t, why, event, said);
  }
}

function tap(
  t: Words<'manager'>,
  why: Words<'common'>,
  event: Extract<StoryEvent, { kind: 'tap' }>,
  said: (what: string, who: (string | null)[], tone?: EventWords['tone']) => EventWords,
): EventWords {
  const name = t(`story.tap.${event.command}`);
  const about = [event.station, isolatedList(event.dishes), event.note].filter(Boolean).join(': ');
  const what = about ? t('story.with', { tap: name, what: about }) : name;
  if (event.outcome === 'done') return said(what, [event.by, event.device]);
  return said(
    t('story.with', { tap: what, what: t('story.conflict', { why: reasonWords(why, event.why) }) }),
    [event.by, event.device],
    'bad',
  );
}

/** Codes of an older server may be unknown here. */
function reasonWords(t: Words<'common'>, code: string | null): string {
  if (code === null || !t.has(`why.${code}` as 'why.ticket-gone')) return code ?? '';
  return t(`why.${code}` as 'why.ticket-state', { state: '', dish: '' });
}

/** The number of events of each kind. */
export function storyCounts(events: readonly StoryEvent[]): {
  messages: number;
  fetches: number;
  tickets: number;
  taps: number;
} {
  const count = (...kinds: StoryEvent['kind'][]) => events.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    messages: count('message', 'rejected'),
    fetches: count('fetch'),
    tickets: count('fired', 'held'),
    taps: count('tap'),
  };
}
