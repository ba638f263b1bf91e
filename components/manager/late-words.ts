// Sentences for the manager: the reason of the delay, the missing dishes, and the one thing to do about it.
import type { Words } from '../i18n/index.ts';
import { dishWords, sumOf } from '../../server/protocol/rules/quantity.ts';
import type { LineView } from '../../server/protocol/views.ts';
import type { Late, LateReason } from './why-late.ts';

export interface LateWords {
  why: string;
  /** The action that would help most now. */
  todo: string;
}

/** `clock` writes a time of the restaurant's day, `span` a length of time in ms. */
export interface TimeWords {
  clock: (at: number) => string;
  span: (ms: number) => string;
}

export function lateWords(t: Words<'manager'>, why: LateReason, now: number, { clock, span }: TimeWords): LateWords {
  const station = 'station' in why ? (why.station ?? t('removedStation')) : '';
  switch (why.kind) {
    case 'overloaded':
      return { why: t('why.overloaded', { station, open: why.open }), todo: t('todo.overloaded', { station }) };
    case 'change-not-seen':
      return {
        why: t('why.change-not-seen', { change: why.change, time: clock(why.at) }),
        todo: t('todo.change-not-seen', { station }),
      };
    case 'not-picked-up':
      return { why: t('why.not-picked-up', { span: span(now - why.readyAt) }), todo: t('todo.not-picked-up') };
    case 'cancel-not-seen':
      return { why: t('why.cancel-not-seen', { time: clock(why.at) }), todo: t('todo.cancel-not-seen', { station }) };
    case 'past-due':
      return { why: t('why.past-due', { station, time: clock(why.dueAt) }), todo: t('todo.past-due', { station }) };
    case 'cooking':
      return { why: t('why.cooking', { span: span(now - why.startedAt) }), todo: t('todo.cooking', { station }) };
    case 'not-started':
      return { why: t('why.not-started', { station }), todo: t('todo.not-started', { station }) };
    case 'not-ready':
      return {
        why: t('why.not-ready', { station, span: span(now - why.firedAt) }),
        todo: t('todo.not-ready', { station }),
      };
    case 'not-on-screen':
      return { why: t('why.not-on-screen', { station }), todo: t('todo.not-on-screen', { station }) };
    case 'held': {
      const held = span(now - why.since);
      return {
        why:
          why.by === null
            ? t('why.held', { course: why.course ?? 0, span: held })
            : t('why.held-by', { by: why.by, span: held }),
        todo: t('todo.held'),
      };
    }
    case 'failed':
      return {
        why: t('why.failed', { attempts: why.attempts }),
        todo: t('todo.failed', { error: why.error ?? t('noReason') }),
      };
    case 'parked': {
      const error = why.error ?? t('noReason');
      const next =
        why.nextAt !== null && why.nextAt > now
          ? t('todo.parked', { time: clock(why.nextAt), error })
          : t('todo.parked-waits', { error });
      return { why: t('why.parked', { attempts: why.attempts }), todo: next };
    }
    case 'order-service-down':
      return { why: t('why.order-service-down'), todo: t('todo.order-service-down') };
    case 'behind-in-kafka':
      return { why: t('why.behind-in-kafka', { messages: why.messages }), todo: t('todo.behind-in-kafka') };
  }
}

/** `2 Garlic Naan, Mixed Grill`: equal dishes are added up. */
export function missingWords(t: Words<'manager'>, late: Late): string {
  if (late.missing.length > 0)
    return late.where === 'floor' ? t('missing.ready', { dishes: dishes(late.missing) }) : dishes(late.missing);
  if (late.where === 'pipeline') return t('missing.pipeline');
  return late.why.kind === 'cancel-not-seen' ? t('missing.nothing') : '';
}

function dishes(lines: readonly LineView[]): string {
  const same = new Map<string, LineView[]>();
  for (const line of lines) {
    const key = `${line.unit ?? ''}\n${line.name}`;
    same.set(key, [...(same.get(key) ?? []), line]);
  }
  return [...same.values()]
    .map((equal) => ({ ...equal[0]!, quantity: sumOf(equal.map(({ quantity }) => quantity)) }))
    .map(dishWords)
    .join(', ');
}
