// A person's name in little room, never cut in the middle.

/** A name in so many letters: the whole, its first part, or its initials. The button's label has the whole name. */
export function briefName(name: string, most: number): string {
  const parts = name.trim().split(/[\s-]+/u);
  const initials = parts.map((part) => [...part][0]).join('');
  return [name, parts[0]!].find((one) => [...one].length <= most) ?? [...initials].slice(0, Math.min(most, 3)).join('');
}
