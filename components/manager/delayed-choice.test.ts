import { describe, expect, it } from 'vitest';
import { ago, line, NOON, order, ticket } from '../../test/floor-orders.ts';
import { chosenRows, stationsOf, whysOf, type Chosen } from './delayed-choice.ts';
import { nowFigures } from './now-figures.ts';
import { healthy } from '../../test/health.ts';
import { UNSET_STATION } from '../../server/protocol/facts.ts';

const station = (id: string, name: string) => ({ id, name, ...UNSET_STATION });
const at = (id: string, stationId: string, minutes: number, more: object = {}) =>
  order({
    id,
    number: id,
    tickets: [ticket({ id: `t-${id}`, stationId, firedAt: ago(minutes) })],
    lines: [line({ ticketId: `t-${id}`, stationId, ...more })],
  });
const figures = nowFigures({
  orders: [
    at('A10', 's-wok', 30),
    at('A9', 's-bar', 20, { state: 'cooking', startedAt: ago(5) }),
    { ...at('A2', 's-wok', 40), delayNote: { at: ago(1), by: null, note: 'told' } },
    at('A1', 's-bar', 2),
  ],
  stations: [station('s-wok', 'Wok'), station('s-bar', 'Bar'), station('s-idle', 'Idle')],
  parked: [],
  unconfirmed: null,
  health: healthy,
  now: NOON,
});
const ids = (more: Partial<Chosen>) =>
  chosenRows(figures, { why: 'all', station: 'all', notes: 'all', sort: 'late', ...more }).map(({ id }) => id);

describe('the delayed orders that are listed', () => {
  it('are all of them, longest late first, by number as people count, or by station', () => {
    expect(ids({})).toEqual(['A2', 'A10', 'A9']);
    expect(ids({ sort: 'number' })).toEqual(['A2', 'A9', 'A10']);
    expect(ids({ sort: 'station' })).toEqual(['A9', 'A2', 'A10']);
  });

  it('are those of one reason, one station, with or without a note', () => {
    expect([
      ids({ why: 'cooking' }),
      ids({ station: 's-wok' }),
      ids({ notes: 'with' }),
      ids({ notes: 'without' }),
      ids({ why: 'failed' }),
    ]).toEqual([['A9'], ['A2', 'A10'], ['A2'], ['A10', 'A9'], []]);
  });

  it('offers only reasons and stations that there are', () => {
    expect([whysOf(figures), stationsOf(figures).map(({ name }) => name)]).toEqual([
      ['cooking', 'not-ready'],
      ['Bar', 'Wok'],
    ]);
  });
});
