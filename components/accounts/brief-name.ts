// A person's name where there is little room: never cut in the middle.

/** A name in so many letters: whole, its first part, or its initials. The button's name says all of it. */
export function briefName(name: string, most: number): string {
  const parts = name.trim().split(/[\s-]+/u);
  const initials = parts.map((part) => [...part][0]).join('');
  return [name, parts[0]!].find((one) => [...one].length <= most) ?? [...initials].slice(0, Math.min(most, 3)).join('');
}
