// The actions of the keys on a keyboard or a bump bar. A key is identified by KeyboardEvent.code, its position, and so
// independently of the character printed on it and of the device's language.

export const keyActions = [
  'bump',
  'mark',
  'start',
  'seen',
  'open',
  'undo',
  'recall-last',
  'recall',
  'all-day',
  'sold-out',
  'find',
  'previous',
  'next',
  'up',
  'down',
  'previous-page',
  'next-page',
  'clear',
  'start-shift',
  'mute',
  'full-screen',
  'settings',
  'help',
] as const;
export type KeyAction = (typeof keyActions)[number];

const kitchenOnly = ['start', 'seen', 'recall-last', 'all-day', 'full-screen'] as const satisfies readonly KeyAction[];
type KitchenOnly = (typeof kitchenOnly)[number];

/** The actions at the pass and on the floor. A key has the same action on every screen of a device. */
export type PassAction = Exclude<KeyAction, KitchenOnly>;
export const passActions = keyActions.filter(
  (action): action is PassAction => !kitchenOnly.some((other) => other === action),
);

/** The actions that nobody asks for without keys: their use tells that the device has some. */
export const keyDevice: readonly KeyAction[] = ['previous', 'next', 'up', 'down'];

export type KeyMap = Readonly<Record<KeyAction, readonly string[]>>;

export const usualKeys: KeyMap = {
  bump: ['Enter', 'NumpadEnter'],
  mark: ['Space', 'NumpadAdd'],
  start: ['KeyC'],
  seen: ['KeyS'],
  open: ['KeyT'],
  undo: ['KeyU', 'Backspace'],
  'recall-last': ['KeyL'],
  recall: ['KeyR'],
  'all-day': ['KeyA'],
  'sold-out': ['KeyO'],
  find: ['KeyF'],
  previous: ['ArrowLeft'],
  next: ['ArrowRight'],
  up: ['ArrowUp'],
  down: ['ArrowDown'],
  'previous-page': ['PageUp'],
  'next-page': ['PageDown'],
  clear: ['Escape'],
  'start-shift': ['KeyB'],
  mute: ['KeyM'],
  'full-screen': ['KeyG'],
  settings: ['Comma'],
  help: ['Slash'],
};

/** Digits choose tickets and cannot be given another action. */
export function digitOf(code: string): number | null {
  const match = /^(?:Digit|Numpad)(\d)$/.exec(code);
  return match ? Number(match[1]) : null;
}

/** The keys in force. A key chosen for one action is taken from all other actions. */
export function keyMap(chosen: Readonly<Record<string, readonly string[]>>): KeyMap {
  const own = new Set(keyActions.flatMap((action) => chosen[action] ?? []));
  return Object.fromEntries(
    keyActions.map((action) => [action, chosen[action] ?? usualKeys[action].filter((code) => !own.has(code))]),
  ) as unknown as KeyMap;
}

/** The choice with this key added to this action and removed from every other action. */
export function withKey(
  chosen: Readonly<Record<string, readonly string[]>>,
  action: KeyAction,
  code: string,
): Record<string, string[]> {
  const others = Object.entries(chosen).map(
    ([other, codes]) => [other, codes.filter((existing) => existing !== code)] as const,
  );
  return { ...Object.fromEntries(others.map(([other, codes]) => [other, [...codes]])), [action]: [code] };
}

export function actionOf(keys: KeyMap, code: string): KeyAction | null {
  return keyActions.find((action) => keys[action].includes(code)) ?? null;
}

const names: Record<string, string> = {
  Enter: 'Enter',
  NumpadEnter: 'Num Enter',
  Space: 'Space',
  NumpadAdd: 'Num +',
  NumpadSubtract: 'Num −',
  NumpadMultiply: 'Num ×',
  NumpadDivide: 'Num ÷',
  NumpadDecimal: 'Num .',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  Escape: 'Esc',
  Backspace: '⌫',
  Comma: ',',
  Period: '.',
  Slash: '?',
  Minus: '−',
  Equal: '=',
};

/** The name of a key as most keyboards print it. */
export function keyName(code: string): string {
  return names[code] ?? code.replace(/^(Key|Digit)/, '').replace(/^Numpad/, 'Num ');
}
