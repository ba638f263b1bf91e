// Walks every call, page, message and command with every kind of caller: each is let through exactly where the table
// says so. The walk finds them by itself. It fails on one that the table does not name, and on a line of the table that
// names nothing.
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../db/migrate.ts';
import { createApp } from '../web/app.ts';
import { createTestApp, makeRestaurant, OPS_TOKEN, type TestApp } from '../../test/app.ts';
import { Command } from '../protocol/commands.ts';
import { ClientMessage, PROTOCOL_VERSION } from '../protocol/messages.ts';
import { makeDevice, makePerson, type TestDevice, type TestPerson } from '../../test/people.ts';
import { type Caller, commands, messages, pages, routes } from './permissions.ts';
import { type Served, serveApp } from '../../test/served.ts';

/** A caller: the roles in r-1, the roles anywhere, and the proof. */
interface Somebody {
  name: string;
  here: Caller[];
  anywhere: Caller[];
  device?: TestDevice;
  person?: TestPerson;
  token?: boolean;
}

let app: TestApp;
let served: Served;
let base: string;
let everybody: Somebody[];
let asked: string[] = [];

beforeAll(async () => {
  app = await createTestApp({ HEARD_DEMO: '1' });
  const { stations } = await makeRestaurant(app);
  await makeRestaurant(app, 'r-2');
  const grill = stations[0]!.id;
  const person = (name: string, here: Caller[], anywhere: Caller[], made: Promise<TestPerson>) =>
    made.then((it): Somebody => ({ name, here, anywhere, person: it }));
  const device = (name: string, is: Caller, made: Promise<TestDevice>) =>
    made.then((it): Somebody => ({ name, here: [is], anywhere: [is], device: it }));
  everybody = [
    { name: 'a stranger', here: [], anywhere: [] },
    { name: "who has the operator's token", here: ['token'], anywhere: ['token'], token: true },
    await device('a kitchen screen', 'chef', makeDevice(app, 'r-1', 'kitchen', grill)),
    await device('an expo screen', 'expo', makeDevice(app, 'r-1', 'expo')),
    await device('a floor screen', 'waiter', makeDevice(app, 'r-1', 'floor')),
    await device("a manager's screen", 'screen', makeDevice(app, 'r-1', 'manager')),
    await person('a chef with an account', ['person'], ['person'], makePerson(app, 'Carl', { 'r-1': 'chef' })),
    await person('a waiter with an account', ['person'], ['person'], makePerson(app, 'Willa', { 'r-1': 'waiter' })),
    await person(
      'the manager',
      ['person', 'manager'],
      ['person', 'manager'],
      makePerson(app, 'Mia', { 'r-1': 'manager' }),
    ),
    await person(
      "another restaurant's manager",
      ['person'],
      ['person', 'manager'],
      makePerson(app, 'Max', { 'r-2': 'manager' }),
    ),
    await person(
      'a manager of several',
      ['person', 'manager'],
      ['person', 'manager'],
      makePerson(app, 'Mo', { 'r-1': 'manager', 'r-2': 'manager' }),
    ),
    await person(
      'an operator',
      ['person', 'operator'],
      ['person', 'operator'],
      makePerson(app, 'Olga', {}, { operator: true }),
    ),
  ];
  served = await serveApp(app, ({ url }) => {
    asked.push(url ?? '');
  });
  ({ base } = served);
});
afterAll(async () => {
  await served?.stop();
  await app?.database.drop();
});

const may = (allowed: readonly Caller[], is: readonly Caller[]) =>
  allowed.includes('anyone') || is.some((one) => allowed.includes(one));
/** A new session each time: some of these calls end them. */
const cookieOf = async ({ device, person }: Somebody) => device?.cookie ?? (await person?.cookie()) ?? '';
const WORDS = new Set(['There is nothing at this address.', 'There is no such restaurant here.']);

describe('calls', () => {
  const found = () =>
    createApp({ ...app.parts, config: { ...app.parts.config, demo: true } })
      .routes.filter(({ method, path: at }) => method !== 'ALL' && !at.endsWith('*'))
      .map(({ method, path: at }) => `${method} ${at}`);

  test('each has its line in the table, and each line is a call', () => {
    expect([...new Set(found())].sort()).toEqual(Object.keys(routes).sort());
  });

  test('each lets through whom the table says, and nobody else', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    for (const route of new Set(found())) {
      const [method = '', pattern = ''] = route.split(' ');
      for (const somebody of everybody) {
        const at = pattern
          .replace(':restaurant', 'r-1')
          .replace(':device', somebody.device?.id ?? everybody[2]!.device!.id)
          .replace(':file', 'x.json')
          .replaceAll(/:\w+/g, randomUUID());
        const answer = await fetch(base + at, {
          method,
          redirect: 'manual',
          ...(method !== 'GET' && method !== 'DELETE' && { body: '{}' }),
          headers: {
            origin: base,
            'content-type': 'application/json',
            cookie: await cookieOf(somebody),
            ...(somebody.token && { authorization: `Bearer ${OPS_TOKEN}` }),
          },
        });
        const stream = answer.headers.get('content-type')?.includes('event-stream');
        const text = stream ? '' : await answer.text();
        if (stream) await answer.body?.cancel();
        const refused =
          answer.status === 401 ||
          answer.status === 403 ||
          (answer.status === 404 && WORDS.has((JSON.parse(text) as { detail: string }).detail));
        const expected = may(
          routes[route] ?? [],
          pattern.includes(':restaurant') || pattern.includes(':device') ? somebody.here : somebody.anywhere,
        );
        if (refused === expected || answer.status >= 500)
          wrong.push(`${somebody.name}: ${route} answered ${answer.status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("a device's call with another device's id, and a call without our origin, do nothing", async () => {
    const [kitchen, expo] = [everybody[2]!.device!, everybody[3]!.device!];
    expect((await fetch(`${base}/screen/api/${expo.id}/staff`, { headers: { cookie: kitchen.cookie } })).status).toBe(
      401,
    );
    const manager = everybody.find(({ name }) => name === 'the manager')!;
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const answer = await fetch(`${base}/manage/api/restaurants/r-1/people`, {
        method: 'POST',
        body: '{"name":"x","role":"chef"}',
        headers: { 'content-type': 'application/json', cookie: await cookieOf(manager), ...(origin && { origin }) },
      });
      expect([origin, answer.status]).toEqual([origin, 403]);
    }
    const form = await fetch(`${base}/manage/api/restaurants/r-1/people`, {
      method: 'POST',
      body: 'name=x&role=chef',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: await cookieOf(manager), origin: base },
    });
    expect(form.status).toBe(415);
    const text = await fetch(`${base}/manage/api/restaurants/r-1/people`, {
      method: 'POST',
      body: '{"name":"x","role":"chef"}',
      headers: { 'content-type': 'text/plain', cookie: await cookieOf(manager), origin: base },
    });
    expect(text.status).toBe(415);
    // Without a body there is nothing that a form could have sent.
    const out = await fetch(`${base}/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: await cookieOf(manager), origin: base },
    });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([
      204,
      'heard_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    ]);
    expect(await app.prisma.person.count({ where: { name: 'x' } })).toBe(0);
  });
});

describe('pages', () => {
  const below = (folder: string) =>
    readdirSync(path.join(projectRoot(), folder), { recursive: true, encoding: 'utf8' });
  const found = [
    ...below('app')
      .filter((file) => /^(?:page\.tsx|route\.ts)$/.test(path.basename(file)))
      .map((file) => `/${path.dirname(file) === '.' ? '' : path.dirname(file)}`),
    ...below('pages')
      .filter((file) => /\/[^_/]+\.tsx$/.test(file))
      .map((file) => `/${file.replace(/\.tsx$/, '')}`),
  ];

  test('each has its line in the table, and each line is a page', () =>
    expect(found.sort()).toEqual(Object.keys(pages).sort()));

  test('each is shown to whom the table says, and nobody else', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    for (const pattern of found) {
      for (const somebody of everybody) {
        asked = [];
        const allowed = pages[pattern] ?? [];
        // A person sees one restaurant's pages; those without one are asked for as everybody's.
        const scoped = allowed.includes('manager');
        const at =
          pattern.replace('[station]', 'Grill').replace(/\[\w+\]/, 'x') +
          (scoped && somebody.person ? '?restaurant=r-1' : '');
        const answer = await fetch(base + at, { redirect: 'manual', headers: { cookie: await cookieOf(somebody) } });
        const shown = answer.status === 200 && asked[0] === at;
        if (
          shown !==
          may(
            allowed,
            somebody.here.filter((one) => one !== 'token'),
          )
        )
          wrong.push(`${somebody.name}: ${pattern} answered ${answer.status} ${answer.headers.get('location') ?? ''}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("the kitchen's page as data, which it asks for in another language, is for whom the page is", async () => {
    const wrong: string[] = [];
    for (const somebody of everybody) {
      asked = [];
      const data = '/_next/data/x/kitchen/Grill.json';
      await fetch(base + data, { redirect: 'manual', headers: { cookie: await cookieOf(somebody) } });
      if (
        (asked[0] === data) !==
        may(
          pages['/kitchen/[station]'] ?? [],
          somebody.here.filter((one) => one !== 'token'),
        )
      )
        wrong.push(`${somebody.name}: ${asked[0]}`);
    }
    expect(wrong).toEqual([]);
  });

  test('a page that the table does not name is not there, whatever Next would make of it', async () => {
    for (const at of [
      '/manager/nothing',
      '/kitchen',
      '/%66loor',
      '/floor/more',
      '//floor',
      '/_next/image?url=x',
      '/_next/data/x.json',
    ]) {
      asked = [];
      await fetch(base + at, { headers: { cookie: await cookieOf(everybody.at(-1)!) } });
      expect([at, asked]).toEqual([at, ['/_none']]);
    }
  });
});

describe('sockets', () => {
  const kinds = Command.def.options.map((option) => option.def.shape.kind.def.values[0]);
  const types = ClientMessage.def.options.map((option) => option.def.shape.type.def.values[0]);
  const connect = async (
    somebody: Somebody,
    deviceId = somebody.device?.id ?? 'manager:r-1',
    headers: Record<string, string> = {},
  ): Promise<Socket | string> => {
    const socket = io(base, {
      transports: ['websocket'],
      reconnection: false,
      auth: { protocolVersion: PROTOCOL_VERSION, deviceId },
      extraHeaders: { cookie: await cookieOf(somebody), origin: base, ...headers },
    });
    return new Promise((resolve) => {
      socket
        .on('connect', () => resolve(socket))
        .on('connect_error', ({ message }) => {
          socket.close();
          resolve(message);
        });
    });
  };

  test('each message and each command has its line in the table', () => {
    expect([...types].sort()).toEqual(Object.keys(messages).sort());
    expect([...kinds].sort()).toEqual(Object.keys(commands).sort());
  });

  test('each is taken from whom the table says, and from nobody else', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    for (const somebody of everybody) {
      const socket = await connect(somebody);
      const is = somebody.here.filter((one) => one !== 'person' && one !== 'token');
      if (typeof socket === 'string') {
        if (is.length) wrong.push(`${somebody.name}: ${socket}`);
        continue;
      }
      if (!is.length) wrong.push(`${somebody.name} is let in`);
      for (const kind of kinds) {
        const command = {
          id: randomUUID(),
          kind,
          orderId: 'o',
          lineIds: [],
          ticketId: randomUUID(),
          stationId: randomUUID(),
          on: true,
          note: 'x',
          dish: { sku: null, name: 'x' },
        };
        const answer = (await socket.timeout(5000).emitWithAck('message', { type: 'command', command })) as {
          why?: { code: string };
        };
        const taken = answer.why?.code !== 'not-this-screen' && answer.why?.code !== 'unreadable';
        if (taken !== may(commands[kind!], is)) wrong.push(`${somebody.name}: ${kind} ${JSON.stringify(answer)}`);
      }
      socket.close();
    }
    expect(wrong).toEqual([]);
  });

  test("nobody comes in with another restaurant's role or device, from another site, or without a cookie", async () => {
    const byName = (name: string) => everybody.find((one) => one.name === name)!;
    expect(await connect(byName("another restaurant's manager"))).toBe('revoked');
    expect(await connect(byName('the manager'), 'manager:r-2')).toBe('revoked');
    expect(await connect(byName('the manager'), byName('an expo screen').device!.id)).toBe('not-paired');
    expect(await connect(byName('a kitchen screen'), byName('an expo screen').device!.id)).toBe('not-paired');
    expect(await connect(byName('a kitchen screen'), 'manager:r-1')).toBe('not-paired');
    expect(await connect(byName('the manager'), 'manager:r-1', { origin: 'https://evil.example' })).toBe(
      'forbidden-origin',
    );
    expect(await connect(byName('the manager'), 'manager:r-1', { 'sec-fetch-site': 'cross-site' })).toBe(
      'forbidden-origin',
    );
    for (const id of ['', 'manager:', 'manager:\0', 'x'.repeat(1000)])
      expect(await connect(byName('the manager'), id)).toMatch(/^(not-paired|revoked)$/);
  });
});
