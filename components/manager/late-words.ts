// The manager reads sentences: why an order is late, what is missing, and the one thing to do about it.
import type { LineView } from '../../server/protocol/views.ts';
import type { Late, Why } from './why-late.ts';

export interface LateWords {
  why: string;
  /** What would help most now. */
  todo: string;
}

/** `clock` writes a time of the restaurant's day, `span` a length of time. */
export interface TimeWords {
  clock: (at: number) => string;
  span: (ms: number) => string;
}

const changed = { added: 'Dishes added', changed: 'Changed', voided: 'Voided' } as const;

export function lateWords(why: Why, now: number, { clock, span }: TimeWords): LateWords {
  switch (why.kind) {
    case 'overloaded':
      return { why: `${why.station} overloaded (${why.open} open)`, todo: `Send help to ${why.station}` };
    case 'change-not-seen':
      return { why: `${changed[why.change]} at ${clock(why.at)}, not seen`, todo: `Tell ${why.station} and have them tap Seen` };
    case 'not-picked-up':
      return { why: `Ready ${span(now - why.readyAt)}, not picked up`, todo: 'Have it carried now' };
    case 'cancel-not-seen':
      return { why: `Cancelled at ${clock(why.at)}, not seen`, todo: `Tell ${why.station} to stop` };
    case 'cooking':
      return { why: `Cooking for ${span(now - why.startedAt)}`, todo: `Ask ${why.station} how long it takes` };
    case 'not-started':
      return { why: `Waiting to be started at ${why.station}`, todo: `Ask ${why.station} to start it` };
    case 'order-service-down':
      return { why: 'Order service down', todo: 'Take new orders on paper until it is back' };
    case 'parked':
      return { why: 'Order service, trying again', todo: 'Nothing yet: Heard goes on trying by itself' };
    case 'behind-in-kafka':
      return { why: `Behind in Kafka by ${count(why.messages, 'message')}`, todo: 'Nothing yet: it is catching up' };
  }
}

/** `2 Garlic Naan, Mixed Grill`: the same dish is said once. */
export function missingWords(late: Late): string {
  if (late.where === 'pipeline') return 'not on any screen yet';
  if (late.why.kind === 'cancel-not-seen') return 'nothing: nobody wants it any more';
  return dishes(late.missing);
}

function dishes(lines: readonly LineView[]): string {
  const quantities = new Map<string, number>();
  for (const { name, quantity } of lines) quantities.set(name, (quantities.get(name) ?? 0) + quantity);
  return [...quantities].map(([name, quantity]) => (quantity === 1 ? name : `${quantity} ${name}`)).join(', ');
}

export const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : `${one}s`}`;
