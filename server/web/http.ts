// The one HTTP server. It answers probes, operators and pairing itself, and lets the pages of known screens through to
// Next. Socket.IO attaches to the same server.
import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { CLIENT_HEADER, clientAddress } from '../auth/client-address.ts';
import type { PageGate } from './page-gate.ts';
import type { Config } from '../config.ts';
import { projectRoot } from '../db/migrate.ts';
import { messageOf } from '../errors.ts';
import { FILE_POLICY, newNonce, pagePolicy, securityHeaders } from '../http/headers.ts';
import { type AppDeps, createApp } from './app.ts';
import { within } from '../lib/deadline.ts';
import type { Part } from '../lib/part.ts';

/** The database's time to identify the screen of a browser, in ms. */
const PAGE_MS = 3000;
const STOP_MS = 2000;
const OURS =
  /^\/(?:livez|readyz|metrics)$|^\/(?:api|demo|auth|manage\/api|screen\/api)(?:\/|$)|^\/pair\/.|^\/guest\/[^/]+\.json$/;
/** Files of the build, which say nothing about anybody. In development also Next's tools. */
const BUILT = /^\/_next\/static\//;
const TOOLS = /^\/(?:_next|__next)/;
/** The kitchen's page data as JSON, when the page asks for itself again: let in like the page. */
const PAGE_DATA = /^\/_next\/data\/[^/]+(\/kitchen\/[^/]+)\.json(?=\?|$)/;
/** The most connections at once. A screen has one or two. */
const MOST_CONNECTIONS = 4000;

const OUR_HEADERS = /^x-heard-|^content-security-policy/i;

export interface HttpDeps extends AppDeps {
  config: Config;
  gate: Pick<PageGate, 'admit'>;
  /** Next's request handler. */
  nextHandler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface HttpServer extends Part {
  server: Server;
  /** Listens. @throws where the address is taken or not ours */
  start(): Promise<void>;
  /** Takes no more requests, and ends the open ones after 2 s. */
  stop(): Promise<void>;
}

export function createHttp(deps: HttpDeps): HttpServer {
  const { config, log, gate, nextHandler } = deps;
  const files = publicFiles();
  const answer = getRequestListener(createApp(deps).fetch, { hostname: 'localhost', overrideGlobalObjects: false });
  const headers = securityHeaders(config);
  const addressOf = clientAddress(config.http.trustedProxies);

  const page = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Next's own development tools post; nothing else does.
    if (!config.dev && request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return sendText(response, 405, 'A page can only be looked at.');
    }
    const asked = pathOf(request);
    if (BUILT.test(asked) || files.has(asked) || (config.dev && TOOLS.test(asked))) {
      response.setHeader('content-security-policy', FILE_POLICY);
      return nextHandler(request, response);
    }
    const policy = pagePolicy(config, newNonce());
    response.setHeader('content-security-policy', policy);
    // Next reads the nonce from it.
    setHeader(request, 'content-security-policy', policy);
    const admission = await within(
      PAGE_MS,
      gate.admit((request.url ?? '/').replace(PAGE_DATA, '$1'), request.headers.cookie),
    ).catch((error: unknown) => {
      log.warn({ error: messageOf(error) }, 'a page was asked for and the database did not answer');
      return 'away' as const;
    });
    if (admission === 'away') {
      response.setHeader('retry-after', '3');
      return sendText(
        response,
        503,
        'The kitchen display cannot reach its database now. It is tried again in a moment: reload this page.',
      );
    }
    // A page that the table does not name does not exist, even where Next would find one.
    if (!admission) {
      request.url = '/_none';
      return nextHandler(request, response);
    }
    if (admission.setCookies.length) response.setHeader('set-cookie', admission.setCookies);
    if (admission.redirect) {
      response.setHeader('location', admission.redirect);
      response.setHeader('cache-control', 'no-store');
      return sendText(response, 302, 'This browser is not that screen.');
    }
    for (const [name, value] of Object.entries(admission.headers)) setHeader(request, name, value);
    return nextHandler(request, response);
  };

  // A client that sends slowly is cut off after 10 s for the headers and 30 s for all of it, checked every 5 s.
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      for (const [name, value] of headers) response.setHeader(name, value);
      stripOurHeaders(request);
      const ours = OURS.test(pathOf(request));
      if (ours) setHeader(request, CLIENT_HEADER, addressOf(request));
      const work = ours ? Promise.resolve(answer(request, response)) : page(request, response);
      work.catch((error: unknown) => {
        log.error({ error: messageOf(error) }, 'a page failed');
        if (response.headersSent) response.destroy();
        else sendText(response, 500, 'That is a fault of the server; its log says more.');
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  return {
    server,
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.http.port, config.http.host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await within(STOP_MS, closed).catch(() => {
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

/** Pages trust these: only we may set them. Next reads `headers`, others may read `rawHeaders`. */
function stripOurHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) if (OUR_HEADERS.test(name)) delete request.headers[name];
  for (let i = request.rawHeaders.length - 2; i >= 0; i -= 2)
    if (OUR_HEADERS.test(request.rawHeaders[i] ?? '')) request.rawHeaders.splice(i, 2);
}

/** The paths of the files in public/. */
function publicFiles(): ReadonlySet<string> {
  const folder = path.join(projectRoot(), 'public');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Set(
    entries.map(
      (entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')}`,
    ),
  );
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? '';

function setHeader(request: IncomingMessage, name: string, value: string): void {
  request.headers[name] = value;
  request.rawHeaders.push(name, value);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
