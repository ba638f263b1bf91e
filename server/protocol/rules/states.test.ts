// The table of a line's life is total, and keeps the rules that the kitchen relies on.
import { expect, test } from 'vitest';
import { LineState } from '../domain.ts';
import { lineTransitions, type LineEvent } from './states.ts';

const states = LineState.options;
const events: LineEvent[] = [
  'fire',
  'hold',
  'start',
  'unstart',
  'ready',
  'unready',
  'serve',
  'unserve',
  'void',
  'restore',
];

test('every state has an answer to every event, and no others', () => {
  expect(Object.keys(lineTransitions).sort()).toEqual([...states].sort());
  for (const state of states) {
    expect(Object.keys(lineTransitions[state]).sort(), state).toEqual([...events].sort());
    for (const event of events) expect([null, ...states], `${state} ${event}`).toContain(lineTransitions[state][event]);
  }
});

test('an event that was carried out already changes nothing more', () => {
  for (const state of states) {
    for (const event of events) {
      const next = lineTransitions[state][event];
      if (next !== null && event !== 'restore')
        expect(lineTransitions[next][event], `${state} ${event} twice`).toBe(next);
    }
  }
});

test('what is voided is not cooked, served or made ready; only upstream brings it back', () => {
  expect(lineTransitions.voided).toEqual({
    fire: 'voided',
    hold: 'voided',
    start: null,
    unstart: null,
    ready: null,
    unready: null,
    serve: null,
    unserve: null,
    void: 'voided',
    restore: 'waiting',
  });
});

test('only what is ready can be served, and what is served only comes back as ready', () => {
  expect(states.filter((state) => lineTransitions[state].serve === 'served')).toEqual(['ready', 'served']);
  expect(lineTransitions.served).toMatchObject({ start: null, ready: null, unready: null, unserve: 'ready' });
});

test('what is held is fired before anything else is done to it, and what was begun cannot be held', () => {
  expect(lineTransitions.held).toMatchObject({ fire: 'waiting', start: null, ready: null, serve: null });
  expect(states.filter((state) => lineTransitions[state].unstart === 'waiting')).toEqual(['waiting', 'cooking']);
  expect(states.filter((state) => lineTransitions[state].hold === 'held')).toEqual(['held', 'waiting']);
});

test('every line can be voided, whatever became of it', () => {
  for (const state of states) expect(lineTransitions[state].void).toBe('voided');
});
