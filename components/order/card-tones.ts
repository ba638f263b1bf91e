// The classes of a card by its tone, for the kitchen's tickets and the orders of the floor and the pass. Colour is
// never the only sign: late cards also have stripes, and both warn and late have an icon.
import { AlarmClock, ClockAlert, type IconNode } from 'lucide';
import type { Tone } from './tone.ts';

export const toneBorders: Record<Tone, string> = {
  fresh: 'border-line',
  warn: 'border-warn-fill',
  late: 'border-late-fill',
};

/** Each kind of card has a head of its own while it is fresh. */
export const toneHeads: Record<Exclude<Tone, 'fresh'>, string> = {
  warn: 'bg-warn-fill text-on-warn',
  late: 'bg-late-fill text-on-late stripes',
};

export const toneIcons: Record<Exclude<Tone, 'fresh'>, IconNode> = { warn: ClockAlert, late: AlarmClock };
