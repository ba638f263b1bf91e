// The reason why a command is not carried out, in English. Screens say it in their own language, from the code.
import type { Why } from '../protocol/commands.ts';

const words: Record<Why['code'], (why: Why) => string> = {
  'ticket-gone': () => 'the ticket is not there any more',
  'ticket-state': ({ state }) => `the ticket is ${state ?? 'not open'} already`,
  'ticket-emptied': () => 'its dishes are on another ticket now',
  'line-gone': () => 'a dish is not there any more',
  'line-state': ({ dish, state }) => `${dish ?? 'a dish'} is ${state ?? 'not so any more'}`,
  'order-canceled': () => 'the order is canceled',
  'nothing-held': () => 'nothing of it is held',
  'nothing-to-hold': () => 'all of it has been begun',
  'allergy-unseen': () => "a guest's allergy was not seen yet: tap Seen first",
  'station-gone': () => 'there is no such station any more',
  'nothing-parked': () => 'nothing of it waits to be tried again',
  'not-this-screen': () => 'this screen cannot do that',
  'no-such-order': () => 'there is no such order here',
  'other-station': () => "this is another station's",
  'id-used': () => 'this command id was used by another screen',
  'answer-unreadable': () => 'the screen cannot read the answer',
  unreadable: () => 'the message cannot be read',
  'too-many': () => 'too much came from this screen at once',
  'database-away': () => 'the server cannot reach its database',
};

export const wordsOf = (why: Why): string => words[why.code](why);
export const refused = (code: Why['code']) =>
  ({ outcome: 'refused', reason: wordsOf({ code }), why: { code } }) as const;
export const unavailable = (code: Why['code']) =>
  ({ outcome: 'unavailable', reason: wordsOf({ code }), why: { code } }) as const;
