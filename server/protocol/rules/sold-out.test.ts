import { expect, it } from 'vitest';
import { isSoldOut } from './sold-out.ts';

const onTicket = { sku: 'PRM', name: 'Prawn Moilee' };
it('is the same dish wherever it is typed or tapped', () => {
  for (const marked of [
    onTicket,
    { sku: null, name: 'prawn  moilee ' },
    { sku: null, name: 'ＰＲＡＷＮ Moilee' },
    { sku: 'PRM', name: 'Prawn curry' },
    { sku: 'OLD-7', name: 'Prawn Moilee' },
  ])
    expect([isSoldOut(onTicket, [marked]), isSoldOut(marked, [onTicket])], marked.name).toEqual([true, true]);
});

it('is no other dish', () => {
  for (const marked of [
    { sku: null, name: 'Prawn' },
    { sku: 'PRX', name: 'Prawn Masala' },
  ])
    expect(isSoldOut(onTicket, [marked])).toBe(false);
  expect(isSoldOut(onTicket, [])).toBe(false);
});
