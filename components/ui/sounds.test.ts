// The order and times at which several sounds played at once are heard, with the test's own clock.
import { beforeEach, expect, test, vi } from 'vitest';
import { Sounds, type SoundName } from './sounds.ts';

/** Each sound is recognised by a pitch that no other sound has. */
const names: Record<number, SoundName> = { 1397: 'new', 740: 'changed', 520: 'voided', 1760: 'rushed', 784: 'ready' };
let heard: { name: SoundName; at: number }[] = [];
let clock = 0;
let sounds: Sounds;

/** Notes of one sound follow each other closely. */
function note(hz: number, at: number): void {
  const [name, last] = [names[hz], heard.at(-1)];
  if (name && (last?.name !== name || at - last.at > 0.5)) heard.push({ name, at });
}

class Context extends EventTarget {
  readonly state = 'running';
  readonly destination = {};
  get currentTime() {
    return clock;
  }
  async resume() {}
  createGain() {
    return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (next: unknown) => next };
  }
  createOscillator() {
    let hz = 0;
    return {
      frequency: {
        setValueAtTime: (value: number) => {
          hz = value;
        },
        exponentialRampToValueAtTime() {},
      },
      connect: (next: unknown) => next,
      start: (at: number) => note(hz, at),
      stop() {},
    };
  }
}

beforeEach(async () => {
  vi.stubGlobal('AudioContext', Context);
  [heard, clock] = [[], 0];
  sounds = new Sounds(() => {});
  await sounds.start();
});

test('each of five sounds that come within a moment is heard, one after another', () => {
  const all: SoundName[] = ['new', 'changed', 'rushed', 'ready', 'voided'];
  for (const name of all) {
    sounds.play([name], 1);
    clock += 0.1;
  }
  expect(heard.map(({ name }) => name)).toEqual(all);
  for (const [i, { at }] of heard.entries()) if (i) expect(at - heard[i - 1]!.at).toBeGreaterThan(0.4);
  expect(heard.at(-1)!.at).toBeLessThan(4);
});

test('of one sound that comes again and again one waits at most', () => {
  for (let i = 0; i < 50; i += 1) sounds.play(['new', 'voided'], 1);
  expect(heard.map(({ name }) => name)).toEqual(['new', 'voided']);
  clock = heard[1]!.at + 0.01;
  sounds.play(['voided'], 1);
  sounds.play(['voided'], 1);
  sounds.play(['new'], 1);
  expect(heard.map(({ name }) => name)).toEqual(['new', 'voided', 'voided', 'new']);
  clock = 60;
  sounds.play(['voided'], 1);
  expect(heard.at(-1)!.at).toBeCloseTo(60.01);
});

test('a muted one is not heard', () => {
  sounds.play(['new'], 0);
  expect(heard).toEqual([]);
});
