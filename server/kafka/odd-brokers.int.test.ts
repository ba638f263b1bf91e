// Services that are no broker at a broker's port, and brokers that stop answering: the connection ends with a word that
// names host and port, and another broker is asked.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, inject, test } from 'vitest';
import { createTopic, kafkaBrokers, uniqueEnvironment } from '../../test/kafka.ts';
import { createLogger } from '../logger.ts';
import { untilWithin } from '../../test/until.ts';
import { createKafka } from './connection.ts';
import { LagMonitor } from './lag.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(onConnection: (socket: Socket) => void, port = 0, host = '127.0.0.1'): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve);
  });
  return `${host}:${(server.address() as { port: number }).port}`;
}
const said: string[] = [];
const log = Object.assign(createLogger('silent'), {
  debug: (_: unknown, words: string) => void said.push(words),
});
const adminOf = (brokers: string[], retries = 0) =>
  createKafka({ kafka: { brokers } }, log).admin({ retry: { retries, initialRetryTime: 50 } });

const length = (bytes: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(bytes);
  return buffer;
};
test.each([
  ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'), 'is not a Kafka broker: it says "SSH-2.0-OpenSSH_9.2p1"'],
  ['a telnet server', Buffer.from([0xff, 0xfd, 0x18, 0xff, 0xfd, 0x20]), 'is not a Kafka broker'],
  [
    'a web server',
    Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'is not a Kafka broker: it says "HTTP/1.1 400 Bad Request"',
  ],
  ['a TLS alert', Buffer.from([0x15, 3, 3, 0, 2, 2, 80]), 'speaks TLS, and is spoken to without'],
  ['a length of -4', length(-4), 'is not a Kafka broker: it announces an answer of -4 bytes'],
  ['a length of 0', length(0), 'is not a Kafka broker: it announces an answer of 0 bytes'],
  ['a length of 2^31-1', length(2 ** 31 - 1), 'is not a Kafka broker: it announces an answer of 2147483647 bytes'],
])('%s at a broker’s port', async (_, banner, words) => {
  const peer = await listen((socket) => socket.write(banner));
  const before = process.memoryUsage().rss;
  const failure = await adminOf([peer])
    .connect()
    .catch((error: unknown) => error as Error);
  expect((failure as Error).message).toContain(`${peer} ${words}`);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
});

test('a first broker that accepts and answers nothing is named, and the second one is asked within 15 s', async () => {
  const peer = await listen(() => {});
  const began = performance.now();
  const admin = adminOf([peer, ...kafkaBrokers()], 1);
  try {
    await admin.connect();
    expect((await admin.describeCluster()).brokers.length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(said.join()).toContain(`${peer} accepts connections and answers nothing`);
  } finally {
    await admin.disconnect();
  }
});

test('an idle connection that a firewall dropped without a word is noticed, and made anew', async () => {
  const { port, advertisedPort } = inject('kafkaDoor');
  const dropped = new Set<Socket>();
  const passed = new Set<Socket>();
  const peer = await listen((client) => {
    const broker = connect(port, '127.0.0.1');
    sockets.add(broker);
    passed.add(client);
    broker.on('error', () => {}).on('close', () => client.destroy());
    client.on('close', () => broker.destroy());
    client.on('data', (chunk) => !dropped.has(client) && broker.write(chunk));
    broker.on('data', (chunk) => !dropped.has(client) && client.write(chunk));
  }, advertisedPort);
  const topic = `${uniqueEnvironment()}_order_events`;
  await createTopic(topic);
  const admin = adminOf([peer]);
  try {
    await admin.connect();
    await admin.fetchTopicOffsets(topic);
    for (const socket of passed) dropped.add(socket);
    await untilWithin('it answers again', 25_000, () =>
      admin.fetchTopicOffsets(topic).then(
        () => true,
        () => false,
      ),
    );
  } finally {
    await admin.disconnect();
  }
});

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
if (!hasIpv6) console.log('SKIPPED: this machine has no ::1');
test.skipIf(!hasIpv6)('a broker is reached by its IPv6 address', async () => {
  const [host, port] = kafkaBrokers()[0]!.split(':') as [string, string];
  const relay = await listen(
    (client) => {
      const broker = connect(Number(port), host);
      sockets.add(broker);
      broker.on('error', () => {}).on('close', () => client.destroy());
      client
        .on('close', () => broker.destroy())
        .pipe(broker)
        .pipe(client);
    },
    0,
    '::1',
  );
  const admin = adminOf([relay.replace('::1', '[::1]')]);
  await admin.connect();
  try {
    expect((await admin.describeCluster()).brokers.length).toBeGreaterThan(0);
  } finally {
    await admin.disconnect();
  }
});

test('looking after the lag leaves no connection behind, however often the sign-in fails', async () => {
  const { tokenBroker, ca } = inject('kafkaSecure');
  let seen = 0;
  const open = new Set<Socket>();
  const relay = await listen((client) => {
    seen += 1;
    open.add(client);
    const broker = connect(Number(tokenBroker.split(':')[1]), 'localhost');
    sockets.add(broker);
    broker.on('error', () => {}).on('close', () => client.destroy());
    client.on('close', () => {
      open.delete(client);
      broker.destroy();
    });
    client.pipe(broker).pipe(client);
  });
  const token = { url: 'http://127.0.0.1:1/token', clientId: 'heard', clientSecret: 'none', scope: undefined };
  const kafka = createKafka(
    {
      kafka: {
        brokers: [relay.replace('127.0.0.1', 'localhost')],
        tls: { ca },
        sasl: { mechanism: 'OAUTHBEARER', token, extensions: {} },
      },
    },
    log,
  );
  const lag = new LagMonitor({ kafka, topic: 'of nobody', groupId: 'of nobody', log });
  lag.start();
  try {
    await untilWithin('it tried again and again', 20_000, () => seen >= 6);
    await untilWithin('former connections are closed', 5000, () => open.size <= 1);
  } finally {
    await lag.stop();
  }
});
