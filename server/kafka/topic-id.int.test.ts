// The topic's id as a real broker tells it, and the warning where no broker tells it.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createTopic, deleteTopic, kafkaBrokers, uniqueEnvironment } from '../../test/kafka.ts';
import { until } from '../../test/until.ts';
import { createLogger } from '../logger.ts';
import { createKafka } from './connection.ts';
import { TopicIds } from './topic-id.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

function idsOf(topic: string, brokers = kafkaBrokers()) {
  const warned: string[] = [];
  const log = Object.assign(createLogger('silent'), {
    warn: ({ reason }: { reason: string }) => void warned.push(reason),
  });
  const ids = new TopicIds({ kafka: createKafka({ kafka: { brokers } }, log), brokers, topic, log });
  undo.push(() => ids.stop());
  return { ids, warned };
}

/** A server on loopback. @returns its address, and how many connections it had */
async function listen(serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    serve(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  undo.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

test("the broker's id of a topic is the same while it lives, and another when it is made again", async () => {
  const topic = `${uniqueEnvironment()}_order_events`;
  const { ids, warned } = idsOf(topic);
  expect(await ids.current()).toBeNull();
  await createTopic(topic, 3);
  const after = idsOf(topic, ['127.0.0.1:1', ...kafkaBrokers()]);
  const first = await until('it is known', () => after.ids.current());
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(await ids.current()).toBe(first);
  await deleteTopic(topic);
  await until('it can be made', () => createTopic(topic).then(() => true));
  const second = await until('the broker knows the new one', async () => {
    const id = await ids.current();
    return id !== null && id !== first && id;
  });
  expect(second).toMatch(/^[0-9a-f]{32}$/);
  // A topic that does not exist has no id, and a broker that another one stands in for is no news.
  expect([warned, after.warned]).toEqual([[], []]);
  expect(await idsOf(topic, ['127.0.0.1:1']).ids.current()).toBeNull();
});

test('a broker that accepts and is silent is left for the next one, and one connection serves all further questions', async () => {
  const topic = `${uniqueEnvironment()}_order_events`;
  await createTopic(topic);
  const silent = await listen(() => {});
  const [host, port] = kafkaBrokers()[0]!.split(':');
  const relay = await listen((client) => {
    const broker = connect(Number(port), host).on('error', () => {});
    client.pipe(broker).pipe(client);
  });
  const { ids, warned } = idsOf(topic, [silent.address, relay.address]);
  const first = await ids.current();
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(await Promise.all(Array.from({ length: 5 }, () => ids.current()))).toEqual(
    Array.from({ length: 5 }, () => first),
  );
  expect([relay.sockets.size, warned]).toEqual([1, []]);
  // Cut, it is made anew.
  for (const socket of relay.sockets) socket.destroy();
  expect(await until('it is known again', () => ids.current())).toBe(first);
});

test('brokers that cannot be asked are told of once, with the reason, until the id was known again', async () => {
  const topic = `${uniqueEnvironment()}_order_events`;
  await createTopic(topic);
  let away = true;
  const [host, port] = kafkaBrokers()[0]!.split(':');
  const relay = await listen((client) => {
    if (away) {
      client.resetAndDestroy();
      return;
    }
    const broker = connect(Number(port), host).on('error', () => {});
    client.pipe(broker).pipe(client);
  });
  const { ids, warned } = idsOf(topic, [relay.address]);
  for (let i = 0; i < 3; i += 1) expect(await ids.current()).toBeNull();
  expect(warned).toEqual([expect.stringMatching(/\S/)]);
  away = false;
  expect(await ids.current()).toMatch(/^[0-9a-f]{32}$/);
  away = true;
  for (const socket of relay.sockets) socket.destroy();
  await until('it is told of again', async () => (await ids.current()) === null && warned.length === 2);
});

test('a broker from before topic ids is told of once, by its version', async () => {
  // It answers ApiVersions, as Kafka 2.7 does, and nothing else.
  const old = await listen((socket) =>
    socket.on('data', (request) => {
      const versions = Buffer.alloc(4 + 4 + 2 + 4 + 6 + 4);
      versions.writeInt32BE(versions.length - 4, 0);
      versions.writeInt32BE(request.readInt32BE(8), 4); // correlation id
      versions.writeInt32BE(1, 10); // one request is known: Metadata, versions 0 to 9
      versions.writeInt16BE(3, 14);
      versions.writeInt16BE(9, 18);
      socket.write(versions);
    }),
  );
  const { ids, warned } = idsOf('old_order_events', [old.address]);
  for (let i = 0; i < 3; i += 1) expect(await ids.current()).toBeNull();
  expect(warned).toEqual(['the broker knows no topic ids: it answers Metadata up to version 9, not 10']);
  expect(old.sockets.size).toBe(1);
});

test('a stop ends the question that is under way, and no broker is asked after it', async () => {
  let asked = 0;
  const silent = await listen((socket) => socket.on('data', () => (asked += 1)));
  const { ids, warned } = idsOf('any_order_events', [silent.address, silent.address]);
  const answer = ids.current();
  await until('it is asked', () => asked > 0);
  await ids.stop();
  expect([await answer, await ids.current(), silent.sockets.size, warned]).toEqual([null, null, 1, []]);
});
