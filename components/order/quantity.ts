// Quantities in plain numbers: 0.3 and not 0.30000000000000004, 0.0000001 and not 1e-7, with their unit.
const DECIMALS = 3;

/** At most three decimals, in the digits that all screens use; smaller quantities keep their first digit. */
export function quantityWords(quantity: number, unit: string | null = null): string {
  const rounded = Number(quantity.toFixed(DECIMALS));
  const exact = rounded === 0 && quantity !== 0 ? Number(quantity.toPrecision(1)) : rounded;
  const number = plainly(exact);
  return unit ? `${number} ${unit}` : number;
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
