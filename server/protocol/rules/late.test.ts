// A ticket is late by its thresholds, or by the order's due time where it has one.
import { expect, test } from 'vitest';
import { at } from '../../../test/made.ts';
import { lateLimits } from './late.ts';

const station = { thresholds: { default: { warnSeconds: 300, lateSeconds: 480 } }, lead: { default: 1500 } };
const seconds = (due: number | null, fired = 0, one: Parameters<typeof lateLimits>[2] = station) => {
  const { warn, late } = lateLimits(at(fired), { type: null, dueAt: due === null ? null : at(due) }, one);
  return [warn, late].map((time) => (time - Date.parse(at(0))) / 1000);
};

test('without a due time the thresholds count from the fire', () => {
  expect(seconds(null)).toEqual([300, 480]);
  expect(seconds(null, 60, null)).toEqual([360, 540]);
});

test('with a due time ahead it is late from then on, and not before, however early it was fired', () => {
  expect(seconds(1500)).toEqual([1320, 1500]);
  expect(seconds(1499)).toEqual([1319, 1499]);
  expect(seconds(4 * 3600)).toEqual([4 * 3600 - 180, 4 * 3600]);
});

test('due 8 minutes ago it is late since then; due in 3 it is late at once, and in 10 about to be', () => {
  expect(seconds(-480)).toEqual([-480, -480]);
  expect(seconds(0)).toEqual([0, 0]);
  expect(seconds(180)).toEqual([0, 0]);
  expect(seconds(600)).toEqual([0, 600]);
  expect(seconds(800)).toEqual([620, 800]);
});

test('a short lead is no haste: a drink that is fired two minutes before its time is in time', () => {
  const bar = { ...station, lead: { default: 120 } };
  expect(seconds(200, 80, bar)).toEqual([20, 200]);
  expect(seconds(100, 80, bar)).toEqual([80, 80]);
  expect(seconds(0, 0, { ...station, lead: { default: 0 } })).toEqual([-180, 0]);
});
