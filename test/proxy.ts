// A reverse proxy as restaurants have them: it passes requests on, and treats WebSockets as one of three kinds of real
// proxies does.
import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * `passes`: a WebSocket gets through. `strips`: the request goes on without its `Upgrade` header, as nginx does unless
 * told otherwise, and the server refuses it. `swallows`: the request is taken and never answered.
 */
export type Upgrades = 'passes' | 'strips' | 'swallows';

export interface Proxy {
  readonly url: string;
  /** The transports of the requests for a socket so far, in their order; `upgrade` for a request for a WebSocket. */
  readonly asked: ('polling' | 'upgrade')[];
  close(): Promise<void>;
}

/** Headers that are for the next hop only. */
const HOP = new Set(['connection', 'upgrade', 'keep-alive']);

export async function startProxy(port: number, upgrades: Upgrades): Promise<Proxy> {
  const asked: Proxy['asked'] = [];
  const sockets = new Set<Duplex>();
  const passOn = (
    { method, url, headers }: IncomingMessage,
    answered: (answer: IncomingMessage, headers: IncomingHttpHeaders) => void,
    failed: () => void,
  ) =>
    send({ host: '127.0.0.1', port, method, path: url, headers: withoutHop(headers) }, (answer) =>
      answered(answer, withoutHop(answer.headers)),
    ).on('error', failed);

  const proxy = createServer((request, response) => {
    if (request.url?.includes('transport=polling')) asked.push('polling');
    const onward = passOn(
      request,
      (answer, headers) => answer.pipe(response.writeHead(answer.statusCode!, headers)).on('error', () => {}),
      () => (response.headersSent ? response.destroy() : response.writeHead(502).end()),
    );
    request.pipe(onward);
    response.on('close', () => onward.destroy());
  });
  proxy.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    asked.push('upgrade');
    socket.on('error', () => {});
    if (upgrades === 'strips')
      passOn(
        request,
        (answer) => {
          socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nContent-Length: 0\r\n\r\n`);
          answer.resume();
        },
        () => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'),
      ).end();
    if (upgrades !== 'passes') return;
    const onward = connect(port, '127.0.0.1', () => {
      const headers = request.rawHeaders.map((text, i) => (i % 2 ? `: ${text}\r\n` : text)).join('');
      onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const withoutHop = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)));
