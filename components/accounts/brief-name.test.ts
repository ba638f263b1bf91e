import { describe, expect, it } from 'vitest';
import { briefName } from './brief-name.ts';

describe('a name in little room', () => {
  it('is whole where it fits, else its first part, else its initials', () => {
    expect(briefName('Mei', 14)).toBe('Mei');
    expect(briefName('陈伟', 2)).toBe('陈伟');
    expect(briefName('Bartholomew Featherstonehaugh-Cholmondeley', 14)).toBe('Bartholomew');
    expect(briefName('Bartholomew Featherstonehaugh-Cholmondeley', 2)).toBe('BF');
    expect(briefName('Featherstonehaugh-Cholmondeley', 14)).toBe('FC');
    expect(briefName('Mei', 2)).toBe('M');
  });
});
