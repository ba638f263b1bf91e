// The number of rows that a text takes. It uses the browser's own measure of each word where there is one, else a rough
// width per character.

const SPACING = -0.025;
const KEPT = 5000;
const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;
let family: string | undefined;

/** `weight` and `size` as in CSS. `tight` if the style is `tracking-tight`. */
export interface Face {
  readonly weight: number;
  readonly size: number;
  readonly tight?: boolean;
}

export function textRows(text: string, face: Face, width: number): number {
  const space = wordWidth(' ', face);
  let rows = 1;
  let used = 0;
  for (const word of text.split(/\s+/)) {
    const wide = wordWidth(word, face);
    if (used && used + space + wide <= width) {
      used += space + wide;
      continue;
    }
    if (used) rows++;
    // A word longer than a row is broken at the row's end. So is Chinese, which has no spaces.
    rows += Math.max(0, Math.ceil(wide / width) - 1);
    used = wide % width;
  }
  return rows;
}

export function wordWidth(word: string, face: Face): number {
  const key = `${face.weight} ${face.size} ${word}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > KEPT) widths.clear();
    width = measure(word, face);
    widths.set(key, width);
  }
  return face.tight ? width + word.length * SPACING * face.size : width;
}

/** To be called when fonts have been loaded, because every width is then different. */
export function forgetWidths(): void {
  widths.clear();
  family = undefined;
}

function measure(word: string, { weight, size }: Face): number {
  if (context === undefined)
    context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context)
    return [...word].reduce((width, character) => width + size * (character.codePointAt(0)! > 0x2e7f ? 1 : 0.58), 0);
  // Read once, because reading it makes the browser recompute all styles.
  family ??= getComputedStyle(document.body).fontFamily;
  context.font = `${weight} ${size}px ${family}`;
  return context.measureText(word).width;
}
