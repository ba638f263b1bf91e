// The table itself: the roles of callers, and the calls that nobody may make.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callerOf, callersOf, commands, may, mayCommand, pageAt, pages, posts, routes } from './permissions.ts';

test('a person is a manager only in the restaurants that they manage, an operator in all', () => {
  const ada = { operator: false, roles: { 'r-1': 'manager', 'r-2': 'chef' } } as const;
  expect(callersOf(ada, 'r-1')).toEqual(['person', 'manager']);
  for (const other of ['r-2', 'r-3', '', 'constructor', '__proto__']) expect(callersOf(ada, other)).toEqual(['person']);
  expect(callersOf(ada)).toEqual(['person', 'manager']);
  expect(callersOf({ operator: true, roles: {} }, 'r-9')).toEqual(['person', 'operator']);
});

test("a screen is what its device is, and a person's own browser what they are", () => {
  const at = (role: 'kitchen' | 'expo' | 'floor' | 'manager', person: { role: string } | null = null) =>
    callerOf({ role, person });
  expect([
    at('kitchen'),
    at('expo'),
    at('floor'),
    at('manager'),
    at('manager', { role: 'manager' }),
    at('manager', { role: 'operator' }),
  ]).toEqual(['chef', 'expo', 'waiter', 'screen', 'manager', 'operator']);
});

test('what the table does not name nobody may do', () => {
  expect(may(undefined, ['operator', 'token'])).toBe(false);
  expect(may([], ['operator'])).toBe(false);
  expect(pageAt('/manager/nothing')).toBeUndefined();
  expect(mayCommand('bump', { role: 'floor' })).toBe(false);
  expect(mayCommand('bump', { role: 'kitchen' })).toBe(true);
});

test("a path is one page's, whatever a station is called", () => {
  expect([
    pageAt('/'),
    pageAt('/floor'),
    pageAt('/floor/'),
    pageAt('/kitchen/Gr%2Fill'),
    pageAt('/kitchen/'),
    pageAt('/kitchen/a/b'),
    pageAt('/%66loor'),
    pageAt('//floor'),
  ]).toEqual(['/', '/floor', '/floor', '/kitchen/[station]', undefined, undefined, undefined, undefined]);
});

test('without any proof one gets probes, links that prove themselves, and pages that say how to get in', () => {
  const open = (table: Record<string, readonly string[]>) =>
    Object.keys(table)
      .filter((key) => table[key]?.includes('anyone'))
      .sort();
  expect(open(routes)).toEqual([
    'GET /demo/manage',
    'GET /demo/open',
    'GET /guest/:file',
    'GET /livez',
    'GET /pair/:secret',
    'GET /readyz',
    'POST /auth/accept',
    'POST /auth/forgotten',
    'POST /auth/link',
    'POST /auth/pair',
    'POST /auth/sign-in',
    'POST /auth/sign-out',
  ]);
  expect(open(pages)).toEqual([
    '/',
    '/forgotten',
    '/guest/[token]',
    '/invite',
    '/manifest.webmanifest',
    '/not-paired',
    '/pair',
    '/sign-in',
  ]);
  expect(open(commands)).toEqual([]);
});

// The walk (permissions.int.test.ts) holds the server against the table. This holds the table against its intent, so
// that no line grows unseen.
const managers = ['manager', 'operator'];
const everyScreen = ['chef', 'expo', 'waiter', 'screen'];
const meant: [RegExp, readonly string[]][] = [
  [/ \/(?:api\/v1\/|metrics$)/, ['token']],
  [/ \/manage\/api\/restaurants\/:restaurant\//, managers],
  [/^POST \/manage\/api\/invitations$/, managers],
  [/ \/manage\/api\/(?:me|watch|password|sessions(?:\/:id)?)$/, ['person']],
  [/ \/screen\/api\/:device\/staff(?:\/|$)/, everyScreen],
  [/^GET \/screen\/api\/:device\//, ['screen']],
  [/ \/(?:livez|readyz|pair|auth|demo|guest)/, ['anyone']],
];

test.each(Object.entries(routes))('%s is for those whom its kind of call is for', (route, allowed) => {
  expect(allowed).toEqual(meant.find(([kind]) => kind.test(route))?.[1]);
});

test.each(Object.entries(pages))('page %s is for those whom it shows their own', (page, allowed) => {
  const own: Record<string, readonly string[]> = {
    '/kitchen/[station]': ['chef'],
    '/expo': ['expo'],
    '/floor': ['waiter'],
    '/account': ['person'],
  };
  const read = ['/manager', '/manager/times', '/manager/orders', '/manager/orders/[id]'].includes(page)
    ? ['screen', ...managers]
    : managers;
  expect(allowed).toEqual(page.startsWith('/manager') ? read : (own[page] ?? ['anyone']));
});

test('a kitchen cooks, the floor serves, the expo does both and holds, managers push, and nobody else', () => {
  const by = (caller: string) =>
    Object.keys(commands)
      .filter((kind) => commands[kind as keyof typeof commands].includes(caller as never))
      .sort();
  expect(by('chef')).toEqual([
    'acknowledge',
    'bump',
    'fire',
    'hold',
    'recall',
    'see-allergy',
    'sold-out',
    'start',
    'transfer',
    'unstart',
  ]);
  expect(by('waiter')).toEqual(['fire', 'rush', 'see-allergy', 'serve', 'unserve']);
  expect(by('expo')).toEqual([
    'acknowledge',
    'bump',
    'fire',
    'hold',
    'recall',
    'rush',
    'see-allergy',
    'serve',
    'sold-out',
    'start',
    'transfer',
    'unserve',
    'unstart',
  ]);
  for (const caller of ['screen', ...managers])
    expect(by(caller)).toEqual(['fire', 'note-delay', 'recall', 'retry-parked', 'rush', 'sold-out']);
  for (const caller of ['anyone', 'person', 'token']) expect(by(caller)).toEqual([]);
});

test('staff stand where their work is', () => {
  expect(posts).toEqual({
    chef: ['kitchen', 'expo'],
    expo: ['kitchen', 'expo', 'floor'],
    waiter: ['floor', 'expo'],
    manager: ['kitchen', 'expo', 'floor', 'manager'],
  });
});

/** Folders under app/ and files under pages/ that a browser can ask for. */
const pageFiles = [
  ...readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:^|\/)page\.tsx$/.test(file))
    .map((file) => ({ file: `app/${file}`, page: `/${file.replace(/\/?page\.tsx$/, '')}` })),
  ...readdirSync('pages', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:^|\/)[^_/]+\.tsx$/.test(file))
    .map((file) => ({ file: `pages/${file}`, page: `/${file.replace(/\.tsx$/, '')}` })),
];

test.each(pageFiles)('$file has its line in the table', ({ file, page }) => {
  const missing = `${file} is answered 404 until \`pages\` in server/auth/permissions.ts has a line '${page}'`;
  expect(Object.keys(pages), missing).toContain(page);
});

test.each(pageFiles.filter(({ page }) => /^\/manager\/[^[/]+$/.test(page)))('$file has its tab', ({ file, page }) => {
  const frame = 'components/manager/manager-frame.tsx';
  const missing = `no page leads to ${file} until \`tabs\` in ${frame} has a line with href: '${page}'`;
  expect(readFileSync(frame, 'utf8'), missing).toContain(`href: '${page}'`);
});
