// A whole server of a test on loopback: HTTP and sockets over the app, as the composition root makes them, with pages
// that are made up.
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PrismaClient } from '../server/db/client.ts';
import { Lineage } from '../server/db/lineage.ts';
import { startParts } from '../server/lib/part.ts';
import { makeAuth, makeGateway, makeHttp } from '../server/screens.ts';
import type { HttpDeps, HttpServer } from '../server/web/http.ts';
import type { TestApp } from './app.ts';

export interface Served {
  base: string;
  port: number;
  stop: () => Promise<void>;
}

/** The HTTP server alone, not started. @param more a port is chosen where the config names none */
export function makeTestHttp(
  { parts }: TestApp,
  {
    prisma = parts.prisma,
    config = parts.config,
    nextHandler,
  }: Pick<HttpDeps, 'nextHandler'> & {
    /** Another database than the app's. */
    prisma?: PrismaClient;
    config?: TestApp['parts']['config'];
  },
): HttpServer {
  const auth = prisma === parts.prisma ? {} : makeAuth({ ...parts, prisma });
  return makeHttp({ ...parts, prisma, config, ...auth, nextHandler });
}

/** The address that it listens at. */
export const baseOf = ({ server }: HttpServer): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const readAgain = { held: false, onRelease: () => () => {}, caughtUp: async () => {} };

/** @param onPage told of each page that is asked for, once it is let through */
export async function serveApp(app: TestApp, onPage: (request: IncomingMessage) => void = () => {}): Promise<Served> {
  const { config, log } = app.parts;
  const http = makeTestHttp(app, {
    config: { ...config, http: { ...config.http, port: 0 } },
    nextHandler: async (request, response) => {
      onPage(request);
      response.end('a page');
    },
  });
  const { publicUrl, trustedProxies } = config.http;
  const gateway = makeGateway({
    ...app.parts,
    lineage: new Lineage(log),
    readAgain,
    server: http.server,
    publicUrl,
    trustedProxies,
  });
  const running = await startParts(log, async (keep) => {
    await keep('http', http);
    await keep('gateway', gateway);
  });
  const base = baseOf(http);
  return { base, port: Number(new URL(base).port), stop: () => running.stop() };
}
