// A door before the order API, such as a cache, a maintenance page or a sign-in: it passes requests on, or answers them
// itself.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OrderDoor {
  /** The value for ORDER_API_URL. */
  url: string;
  host: string;
  /** How it answers from now on; null: it passes everything on. */
  answer: RequestListener | null;
  close(): Promise<void>;
}

interface Passed {
  status: number;
  body: string;
}

const pass = async (target: string, { url, headers }: IncomingMessage): Promise<Passed> => {
  const { authorization } = headers;
  const answer = await fetch(new URL(url!, target), { headers: authorization ? { authorization } : {} });
  return { status: answer.status, body: await answer.text() };
};

export async function openOrderDoor(target: string): Promise<OrderDoor> {
  const server = createServer((request, response) => {
    if (door.answer) {
      door.answer(request, response);
      return;
    }
    pass(target, request).then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const door: OrderDoor = {
    url: `http://${host}${new URL(target).pathname}`,
    host,
    answer: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return door;
}

/**
 * A cache that keeps each answer for minutes. It asks anew for a request that says no-cache, unless it is `deaf`; then
 * it tells the age of its answers.
 */
export function cacheBefore(target: string, { deaf = false } = {}): RequestListener {
  const store = new Map<string, Passed & { at: number }>();
  return (request, response) => {
    const kept = store.get(request.url!);
    if (kept && (deaf || request.headers['cache-control'] !== 'no-cache')) {
      const age = deaf ? { age: `${1 + Math.floor((Date.now() - kept.at) / 1000)}` } : {};
      response.writeHead(kept.status, { 'content-type': 'application/json', ...age }).end(kept.body);
      return;
    }
    pass(target, request).then(
      (fresh) => {
        store.set(request.url!, { ...fresh, at: Date.now() });
        response.writeHead(fresh.status, { 'content-type': 'application/json' }).end(fresh.body);
      },
      () => response.destroy(),
    );
  };
}
