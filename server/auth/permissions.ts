// The one table of permissions. HTTP calls, pages and sockets ask it; a call without a line is forbidden to all.
//
//   anyone      needs no proof              chef expo waiter   a paired kitchen, expo or floor screen
//   token       the operator's OPS_TOKEN    screen             a paired manager's screen: looks, and gives its commands
//   person      anybody signed in           manager operator   of that restaurant / of all of them, signed in
//
// A person's role holds for one restaurant; in a path that names another one, they have none.
import type { CommandKind } from '../protocol/commands.ts';
import type { PersonRole, Role } from '../protocol/domain.ts';
import type { ClientMessage } from '../protocol/messages.ts';

const CALLERS = ['anyone', 'token', 'chef', 'expo', 'waiter', 'screen', 'person', 'manager', 'operator'] as const;
export type Caller = (typeof CALLERS)[number];
export type Allowed = readonly Caller[];

const anyone: Allowed = ['anyone'];
const token: Allowed = ['token'];
const screens: Allowed = ['chef', 'expo', 'waiter', 'screen'];
const everyScreen: Allowed = [...screens, 'manager', 'operator'];
const person: Allowed = ['person'];
const managers: Allowed = ['manager', 'operator'];
const managersToo: Allowed = ['screen', 'manager', 'operator'];

/** Answers for managers, as people and on their restaurant's paired screen. */
const both = (method: string, ...ends: string[]): Record<string, Allowed> =>
  Object.fromEntries(
    ends.flatMap((end): [string, Allowed][] => [
      [`${method} /manage/api/restaurants/:restaurant/${end}`, managers],
      [`${method} /screen/api/:device/${end}`, ['screen']],
    ]),
  );

/** HTTP calls, by method and the route's own pattern. */
export const routes: Record<string, Allowed> = {
  'GET /livez': anyone,
  'GET /readyz': anyone,
  'GET /metrics': token,
  'GET /api/v1/orders/:id': token,
  'GET /api/v1/pipeline': token,
  'GET /api/v1/parked': token,
  'POST /api/v1/parked/:id/retry': token,
  'POST /api/v1/parked/:id/discard': token,
  'GET /api/v1/rejected': token,
  'GET /api/v1/settings': token,
  'PUT /api/v1/settings': token,
  'PUT /api/v1/restaurants/:id': token,
  'POST /api/v1/devices': token,
  'DELETE /api/v1/devices/:id': token,
  ...both('GET', 'parked-orders', 'usual', 'times', 'times.csv', 'orders/:order/story', 'find'),
  'GET /manage/api/restaurants/:restaurant/setup': managers,
  'PUT /manage/api/restaurants/:restaurant/setup': managers,
  'POST /manage/api/restaurants/:restaurant/setup/effects': managers,
  'POST /manage/api/restaurants/:restaurant/setup/try': managers,
  'GET /pair/:secret': anyone,
  'POST /auth/pair': anyone,
  'GET /demo/open': anyone,
  'GET /demo/manage': anyone,
  'GET /guest/:file': anyone,

  'POST /auth/sign-in': anyone,
  'POST /auth/sign-out': anyone,
  'POST /auth/link': anyone,
  'POST /auth/accept': anyone,
  'POST /auth/forgotten': anyone,
  'POST /api/v1/password-links': token,
  'GET /manage/api/me': person,
  'GET /manage/api/watch': person,
  'PUT /manage/api/password': person,
  'GET /manage/api/sessions': person,
  'DELETE /manage/api/sessions': person,
  'DELETE /manage/api/sessions/:id': person,
  'POST /manage/api/invitations': managers,
  'GET /manage/api/restaurants/:restaurant/people': managers,
  'POST /manage/api/restaurants/:restaurant/people': managers,
  'PUT /manage/api/restaurants/:restaurant/people/:id': managers,
  'DELETE /manage/api/restaurants/:restaurant/people/:id': managers,
  'PUT /manage/api/restaurants/:restaurant/people/:id/pin': managers,
  'POST /manage/api/restaurants/:restaurant/people/:id/password-link': managers,
  'GET /manage/api/restaurants/:restaurant/invitations': managers,
  'POST /manage/api/restaurants/:restaurant/invitations': managers,
  'DELETE /manage/api/restaurants/:restaurant/invitations/:id': managers,
  'GET /manage/api/restaurants/:restaurant/devices': managers,
  'POST /manage/api/restaurants/:restaurant/devices': managers,
  'PUT /manage/api/restaurants/:restaurant/devices/:id': managers,
  'DELETE /manage/api/restaurants/:restaurant/devices/:id': managers,
  'POST /manage/api/restaurants/:restaurant/devices/:id/code': managers,
  'GET /manage/api/restaurants/:restaurant/changes': managers,

  'GET /screen/api/:device/staff': screens,
  'POST /screen/api/:device/staff/sign-in': screens,
  'POST /screen/api/:device/staff/sign-out': screens,
};

/** Pages, by their folder under app/. */
export const pages: Record<string, Allowed> = {
  '/': anyone,
  '/not-paired': anyone,
  '/guest/[token]': anyone,
  // Repeats only its own address: a screen's name and page.
  '/manifest.webmanifest': anyone,
  '/kitchen/[station]': ['chef'],
  '/expo': ['expo'],
  '/floor': ['waiter'],
  '/manager': managersToo,
  '/manager/times': managersToo,
  '/manager/orders': managersToo,
  '/manager/orders/[id]': managersToo,
  '/manager/setup': managers,
  '/manager/people': managers,
  '/manager/devices': managers,
  '/manager/changes': managers,
  '/account': person,
  '/sign-in': anyone,
  '/forgotten': anyone,
  '/invite': anyone,
  '/pair': anyone,
};

/** The messages that a screen may send. */
export const messages: Record<ClientMessage['type'], Allowed> = {
  subscribe: everyScreen,
  command: everyScreen,
  find: everyScreen,
  dishes: everyScreen,
  shown: everyScreen,
};

/** The commands that a screen may give the kitchen. A kitchen screen's commands are also bound to its station. */
export const commands: Record<CommandKind, Allowed> = {
  start: ['chef', 'expo'],
  unstart: ['chef', 'expo'],
  bump: ['chef', 'expo'],
  recall: ['chef', 'expo', ...managersToo],
  acknowledge: ['chef', 'expo'],
  'see-allergy': ['chef', 'expo', 'waiter'],
  serve: ['waiter', 'expo'],
  unserve: ['waiter', 'expo'],
  fire: ['chef', 'expo', 'waiter', ...managersToo],
  hold: ['chef', 'expo'],
  rush: ['expo', 'waiter', ...managersToo],
  transfer: ['chef', 'expo'],
  'sold-out': ['chef', 'expo', ...managersToo],
  'note-delay': managersToo,
  'retry-parked': managersToo,
};

/** Which of a restaurant's staff may choose their name on which of its devices. */
export const posts: Record<PersonRole, readonly Role[]> = {
  chef: ['kitchen', 'expo'],
  expo: ['kitchen', 'expo', 'floor'],
  waiter: ['floor', 'expo'],
  manager: ['kitchen', 'expo', 'floor', 'manager'],
};

const callerOfDevice: Record<Role, Caller> = { kitchen: 'chef', expo: 'expo', floor: 'waiter', manager: 'screen' };

/** A screen as a caller: by its device's role, or by the person's own. */
export const callerOf = (screen: { role: Role; person?: { role: string } | null }): Caller =>
  screen.person ? (screen.person.role === 'operator' ? 'operator' : 'manager') : callerOfDevice[screen.role];

export interface Roles {
  operator: boolean;
  roles: Readonly<Record<string, PersonRole>>;
}

/**
 * A person as a caller.
 * @param restaurantId the restaurant of the call; without it, roles in any restaurant count
 */
export function callersOf({ operator, roles }: Roles, restaurantId?: string): Caller[] {
  const manages =
    restaurantId === undefined
      ? Object.values(roles).includes('manager')
      : Object.hasOwn(roles, restaurantId) && roles[restaurantId] === 'manager';
  return ['person', ...(manages ? ['manager' as const] : []), ...(operator ? ['operator' as const] : [])];
}

/** @param allowed undefined where the table has no such line */
export const may = (allowed: Allowed | undefined, callers: readonly Caller[]): boolean =>
  allowed !== undefined && (allowed.includes('anyone') || callers.some((caller) => allowed.includes(caller)));

/** May this screen give such a command? Another place checks that the order is its own. */
export const mayCommand = (kind: CommandKind, screen: Parameters<typeof callerOf>[0]): boolean =>
  may(commands[kind], [callerOf(screen)]);

/** May this screen send such a message? */
export const maySend = (type: ClientMessage['type'], screen: Parameters<typeof callerOf>[0]): boolean =>
  may(messages[type], [callerOf(screen)]);

/** The pattern in {@link pages} that a path is a page of. */
export function pageAt(path: string): string | undefined {
  const wanted = (path.length > 1 ? path.replace(/\/+$/, '') : path).split('/');
  return Object.keys(pages).find((pattern) => {
    const parts = pattern.split('/');
    return (
      parts.length === wanted.length &&
      parts.every((part, i) => (part.startsWith('[') ? wanted[i] !== '' : part === wanted[i]))
    );
  });
}
