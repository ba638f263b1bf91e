// Quantities in plain numbers: 0.3 and not 0.30000000000000004, 0.0000001 and not 1e-7, with their unit.
import { isolated } from './isolate.ts';

const DECIMALS = 3;

/** At most three decimals, in the digits that all screens use; smaller quantities keep their first digit. */
export function quantityWords(quantity: number, unit?: string | null): string {
  const rounded = Number(quantity.toFixed(DECIMALS));
  const exact = rounded === 0 && quantity !== 0 ? Number(quantity.toPrecision(1)) : rounded;
  const number = plainly(exact);
  return unit ? `${number} ${unit}` : number;
}

/** “2 Burger”, “0.5 kg Mussels”, and “Burger” for one. The name keeps to itself, whichever way it is written. */
export function dishWords({ name, quantity, unit = null }: Dish): string {
  return quantity === 1 && !unit ? isolated(name) : `${quantityWords(quantity, unit)} ${isolated(name)}`;
}

interface Dish {
  name: string;
  quantity: number;
  unit?: string | null | undefined;
}

/** Without an exponent. A number of more than 21 digits is no quantity, and stays as it is. */
function plainly(number: number): string {
  const text = String(number);
  if (!/e-/.test(text)) return text;
  return number.toFixed(20).replace(/0+$/, '');
}

/** The sum, without the rest that binary fractions leave behind. */
export const sumOf = (quantities: readonly number[]): number =>
  Number(quantities.reduce((sum, quantity) => sum + quantity, 0).toPrecision(12));
