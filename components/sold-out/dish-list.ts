// The dishes of the list of sold-out dishes, each once, and the search among them. Pure.
import { dishKey } from '../../server/protocol/domain.ts';
import { spokenName, type NamedDish } from '../../server/protocol/rules/sold-out.ts';

/** The dishes of these lists in their order; a dish that is in several stands where it is first. */
export function eachOnce(...lists: readonly (readonly NamedDish[])[]): NamedDish[] {
  // As isSameDish tells, without comparing each with all others: a full floor has hundreds of lines.
  const known = new Set<string>();
  return lists.flat().flatMap(({ sku, name }) => {
    const [key, spoken] = [dishKey({ sku, name }), `spoken:${spokenName(name)}`];
    if (known.has(key) || known.has(spoken)) return [];
    known.add(key).add(spoken);
    return [{ sku, name }];
  });
}

/** Those with the text in their names, those that begin with it first; and the text itself as a dish of no list. */
export function matching(dishes: readonly NamedDish[], text: string): NamedDish[] {
  const wanted = spokenName(text);
  if (!wanted) return [...dishes];
  const found = dishes.filter(({ name }) => spokenName(name).includes(wanted));
  const begins = ({ name }: NamedDish) => spokenName(name).startsWith(wanted);
  return eachOnce(
    found.filter(begins),
    found.filter((dish) => !begins(dish)),
    [{ sku: null, name: text.trim().replaceAll(/\s+/g, ' ') }],
  );
}
