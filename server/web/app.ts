// All answers of the server's own: probes, the operator's interface, metrics, the calls of pages, and pairing.
import { Hono } from 'hono';
import { addAccountRoutes } from '../auth/account-routes.ts';
import type { Accounts } from '../auth/accounts.ts';
import { addDemoRoutes } from '../auth/demo.ts';
import { addDeviceRoutes } from '../auth/device-routes.ts';
import type { Devices } from '../auth/devices.ts';
import { addGuard } from '../auth/guard.ts';
import type { AttemptLimits } from '../auth/limits.ts';
import { addManageRoutes } from '../auth/manage-routes.ts';
import type { LostPasswords } from '../auth/lost-passwords.ts';
import type { People } from '../auth/people.ts';
import type { PeopleWatch } from '../auth/people-watch.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Staff } from '../auth/staff.ts';
import { addStaffRoutes } from '../auth/staff-routes.ts';
import type { Config } from '../config.ts';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { faultOf } from '../db/faults.ts';
import { messageOf } from '../errors.ts';
import { addInsightRoutes } from '../insight/routes.ts';
import { addGuestRoutes } from '../guest/routes.ts';
import type { GuestTokens } from '../guest/tokens.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../monitor/metrics.ts';
import { DeadlineError, within } from '../lib/deadline.ts';
import { addHealthRoutes } from './health.ts';
import { addOrderRoutes } from '../operator/orders.ts';
import { addParkedRoutes } from '../operator/parked.ts';
import { addPipelineRoutes } from '../operator/pipeline.ts';
import type { PipelineStatus } from '../monitor/ports.ts';
import { databaseAway, Problem } from '../http/problems.ts';
import { addRejectedRoutes } from '../operator/rejected.ts';
import { addRoute } from '../http/requests.ts';
import { addRestaurantRoutes } from '../operator/restaurants.ts';
import { addSettingRoutes } from '../operator/setting-routes.ts';
import type { Settings } from '../operator/settings.ts';
import type { RetryControl } from '../retry/control.ts';
import { addSetupRoutes } from '../operator/setup-routes.ts';

/** Longest wait for the database behind one request: a caller that gives up first would not learn why. */
const ANSWER_MS = 8000;

export interface AppDeps {
  config: Pick<Config, 'opsToken' | 'demo' | 'http'>;
  log: Logger;
  prisma: PrismaClient;
  bus: Pick<Bus, 'publish'>;
  status: PipelineStatus;
  retry: Pick<RetryControl, 'retryNow' | 'discard'>;
  settings: Settings;
  devices: Devices;
  sessions: Sessions;
  limits: AttemptLimits;
  guests: GuestTokens;
  accounts: Accounts;
  lost: LostPasswords;
  people: People;
  staff: Staff;
  /** Ends the pages of people that were signed out. */
  watch: PeopleWatch;
  metrics: Metrics;
}

export function createApp(deps: AppDeps): Hono {
  const { config, log, status, metrics } = deps;
  const app = new Hono();
  app.onError((error, c) => {
    const problem = problemOf(error);
    // The route's pattern and not the path: a path may hold the secret of a pairing link.
    if (!problem || (problem.status >= 500 && problem.status !== 503))
      log.error({ route: c.req.routePath, error: messageOf(error) }, 'a request failed');
    return (problem ?? new Problem(500, 'That is a fault of the server; its log says more.')).toResponse();
  });
  app.notFound(() => new Problem(404, 'There is nothing at this address.').toResponse());

  app.use(async (c, next) => {
    await within(ANSWER_MS, next());
    c.header('cache-control', 'no-store');
  });
  addGuard(app, { ...deps, opsToken: config.opsToken, publicUrl: config.http.publicUrl });
  addHealthRoutes(app, deps);
  addRoute(app, '/metrics', {
    GET: async (c) => c.body(await metrics.render(status), 200, { 'content-type': metrics.contentType }),
  });
  addOrderRoutes(app, deps);
  addPipelineRoutes(app, deps);
  addParkedRoutes(app, deps);
  addRejectedRoutes(app, deps);
  addSettingRoutes(app, deps);
  addRestaurantRoutes(app, deps);
  addSetupRoutes(app, deps);
  addInsightRoutes(app, deps);
  const { publicUrl } = config.http;
  addDeviceRoutes(app, { ...deps, publicUrl });
  addGuestRoutes(app, deps);
  addAccountRoutes(app, deps);
  addManageRoutes(app, { ...deps, publicUrl });
  addStaffRoutes(app, deps);
  if (config.demo) addDemoRoutes(app, deps);
  return app;
}

/** The problem to answer for anything thrown; undefined for a fault of ours, which is logged and answered 500. */
function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  return error instanceof DeadlineError || ['away', 'slow'].includes(faultOf(error)) ? databaseAway() : undefined;
}
