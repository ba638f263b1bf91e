import { describe, expect, it } from 'vitest';
import { placeOf, tableOf, wayOf } from './place.ts';
import { order } from './testing-orders.ts';

describe('where an order goes', () => {
  it('names the table of a guest who sits, and says the word table once', () => {
    expect(tableOf(order({ table: '12' }))).toBe('Table 12');
    expect(tableOf(order({ table: 'Table 4' }))).toBe('Table 4');
    expect(tableOf(order({ table: 'Terrace 3' }))).toBe('Terrace 3');
  });

  it('needs no type for that', () => expect(placeOf(order({ type: null }))).toBe('Table 12'));

  it('names the way out for what leaves the house, even if a table was left in it', () => {
    expect(placeOf(order({ type: 'TAKEAWAY', table: '12' }))).toBe('Takeaway');
    expect(placeOf(order({ type: 'DELIVERY', table: null }))).toBe('Delivery');
  });

  it('shows a type that nobody knows, and says when nothing is known', () => {
    expect(wayOf(order({ type: 'ROOM_SERVICE' }))).toBe('ROOM_SERVICE');
    expect(placeOf(order({ type: null, table: ' ' }))).toBe('No table');
  });
});
