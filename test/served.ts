// The whole server of a test on loopback: HTTP and sockets over the app, with pages that are made up.
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp } from '../server/web/http.ts';
import { KitchenCommands } from '../server/kitchen/commands.ts';
import type { TestApp } from './app.ts';
import { Gateway } from '../server/socket/gateway.ts';
import { ScreenAccess } from '../server/auth/screen-access.ts';

export interface Served {
  base: string;
  port: number;
  stop: () => Promise<void>;
}

/** @param onPage told of each page that is asked for, once it is let through */
export async function serveApp(
  { parts, prisma }: TestApp,
  onPage: (request: IncomingMessage) => void = () => {},
): Promise<Served> {
  const {
    bus,
    log,
    watch,
    guests,
    status,
    config: {
      http: { publicUrl },
    },
  } = parts;
  const http = createHttp({
    ...parts,
    config: { ...parts.config, http: { ...parts.config.http, port: 0 } },
    nextHandler: async (request, response) => {
      onPage(request);
      response.end('a page');
    },
  });
  const gateway = new Gateway({
    prisma,
    bus: bus as never,
    log,
    access: new ScreenAccess(parts),
    watch,
    guests,
    commands: new KitchenCommands({
      prisma,
      bus: bus as never,
      log,
      retryParked: async () => false,
      nameOfPerson: async () => null,
    }),
    find: async () => ({ outcome: 'too-many' }),
    health: () => status.health(),
    publicUrl,
  });
  gateway.start(http.server);
  await http.listen();
  const { port } = http.server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    stop: async () => {
      await gateway.stop();
      await http.stop();
    },
  };
}
