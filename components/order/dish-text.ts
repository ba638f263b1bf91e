// Dishes within a sentence: “2 Burger, 0.5 kg Mussels”. Names that are written from right to left keep to themselves.
import type { LineView } from '../../server/protocol/views.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';

type Dish = Pick<LineView, 'name' | 'quantity' | 'unit'>;

export const dishText = ({ name, quantity, unit }: Dish): string =>
  `${quantityWords(quantity, unit)} ${isolated(name)}`;

export const dishList = (lines: readonly Dish[]): string => lines.map(dishText).join(', ');
