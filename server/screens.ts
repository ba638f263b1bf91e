// Composition of the front door: people, devices and their sessions, the HTTP server, and the sockets of screens. The
// tests' servers are set up by the same functions (test/app.ts, test/served.ts, test/gateway.ts).
import { Accounts } from './auth/accounts.ts';
import { Devices } from './auth/devices.ts';
import { Invitations } from './auth/invitations.ts';
import { AttemptLimits } from './auth/limits.ts';
import { LostPasswords } from './auth/lost-passwords.ts';
import { People } from './auth/people.ts';
import { PeopleWatch } from './auth/people-watch.ts';
import { ScreenAccess } from './auth/screen-access.ts';
import { Sessions } from './auth/sessions.ts';
import { Staff, tapBy } from './auth/staff.ts';
import type { Config } from './config.ts';
import type { Bus } from './db/bus.ts';
import type { PrismaClient } from './db/client.ts';
import { KitchenCommands } from './kitchen/commands.ts';
import { recentDishes } from './kitchen/dishes.ts';
import { OrderFinder } from './kitchen/find.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './monitor/metrics.ts';
import type { RetryControl } from './retry/control.ts';
import { Gateway, type GatewayDeps } from './socket/gateway.ts';
import type { AppDeps } from './web/app.ts';
import { createHttp, type HttpDeps, type HttpServer } from './web/http.ts';
import { PageGate } from './web/page-gate.ts';

export interface AuthDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'publish' | 'on'>;
  log: Logger;
  config: { http: Pick<Config['http'], 'publicUrl'> };
  /** An e-mail waits in the outbox; undefined where none can be sent. */
  onMail?: (() => void) | undefined;
}

export interface Auth {
  sessions: Sessions;
  limits: AttemptLimits;
  devices: Devices;
  access: ScreenAccess;
  accounts: Accounts;
  invitations: Invitations;
  lost: LostPasswords;
  people: People;
  staff: Staff;
  watch: PeopleWatch;
}

export function makeAuth({ prisma, bus, log, config, onMail }: AuthDeps): Auth {
  const { publicUrl } = config.http;
  const sessions = new Sessions({ prisma, bus, publicUrl });
  const limits = new AttemptLimits(prisma);
  const devices = new Devices({ prisma, bus, publicUrl });
  const invitations = new Invitations({ prisma, log, publicUrl });
  return {
    sessions,
    limits,
    devices,
    invitations,
    accounts: new Accounts({ prisma, sessions, limits, invitations, log }),
    access: new ScreenAccess({ prisma, devices, sessions, publicUrl }),
    lost: new LostPasswords({ prisma, invitations, limits, log, onMail }),
    people: new People({ prisma, bus, sessions, invitations, limits, mails: onMail !== undefined, onMail }),
    staff: new Staff({ prisma, bus, limits }),
    watch: new PeopleWatch({ sessions, bus, log }),
  };
}

export const makeHttp = (deps: Omit<HttpDeps, 'gate'> & Pick<Auth, 'access'>): HttpServer =>
  createHttp({ ...deps, gate: new PageGate({ ...deps, demo: deps.config.demo }) });

export interface ScreensDeps extends Pick<
  GatewayDeps,
  | 'prisma'
  | 'lineage'
  | 'readAgain'
  | 'log'
  | 'access'
  | 'watch'
  | 'guests'
  | 'publicUrl'
  | 'trustedProxies'
  | 'build'
  | 'server'
> {
  bus: Pick<Bus, 'publish' | 'on'>;
  retry: Pick<RetryControl, 'retryOrder'>;
  status: Pick<AppDeps['status'], 'health'>;
  metrics: Pick<Metrics, 'sockets' | 'ticketConfirmed' | 'ticketsRedelivered'>;
}

export function makeGateway(deps: ScreensDeps): Gateway {
  const { prisma, bus, log, retry, metrics } = deps;
  const health = () => deps.status.health();
  const finder = new OrderFinder({ prisma, log, health });
  return new Gateway({
    ...deps,
    commands: new KitchenCommands({
      prisma,
      bus,
      log,
      retryParked: (...asked) => retry.retryOrder(...asked),
      nameOfPerson: ({ deviceId }, personId) => tapBy(prisma, deviceId, personId),
    }),
    find: (restaurantId, text) => finder.find(restaurantId, text),
    dishes: (restaurantId) => recentDishes({ prisma, log }, restaurantId),
    health,
    onSockets: (delta) => metrics.sockets(delta),
    onConfirmed: (seconds) => metrics.ticketConfirmed(seconds),
    onRedelivered: (tickets) => metrics.ticketsRedelivered(tickets),
  });
}
