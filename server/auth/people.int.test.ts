// Accounts, links and sessions; the rights to change people; and an ended session ends at once in every process.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Bus } from '../db/bus.ts';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';
import { callFromPage, makePerson, TEST_ORIGIN as origin, TEST_PASSWORD, type TestPerson } from '../../test/people.ts';
import { PeopleWatch } from './people-watch.ts';
import { Sessions } from './sessions.ts';

let app: TestApp;
let [mia, olga]: TestPerson[] = [];
beforeAll(async () => {
  app = await createTestApp();
  for (const id of ['r-1', 'r-2']) await makeRestaurant(app, id);
  mia = await makePerson(app, 'Mia', { 'r-1': 'manager' }, { password: TEST_PASSWORD });
  olga = await makePerson(app, 'Olga', {}, { operator: true, password: TEST_PASSWORD });
});
afterAll(() => app?.database.drop());

const call = (method: string, path: string, more?: Parameters<typeof callFromPage>[3]) =>
  callFromPage(app, method, path, more);
const signIn = (email: string, password: string, cookie = '') =>
  call('POST', '/auth/sign-in', { body: { email, password }, cookie });
const who = async (cookie: string) => (await call('GET', '/manage/api/me', { cookie })).status;
const secretOf = (link: string) => link.split('#')[1] ?? '';
const accept = (link: string, body: object) =>
  call('POST', '/auth/accept', { body: { secret: secretOf(link), ...body } });
const at = '/manage/api/restaurants/r-1';

describe('sessions', () => {
  test("a sign-in makes a new token, ends the browser's earlier one, and its cookie is nobody else's", async () => {
    const first = await signIn('MIA@Heard.example ', TEST_PASSWORD);
    expect(first.status).toBe(204);
    expect(first.setCookie).toMatch(/^heard_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/);
    const second = await signIn(mia!.email, TEST_PASSWORD, first.cookie);
    expect(second.cookie).not.toBe(first.cookie);
    expect([await who(first.cookie), await who(second.cookie)]).toEqual([401, 200]);
  });

  test('who does not exist and who types the wrong password are told the same', async () => {
    const [unknown, wrong] = [
      await signIn('nobody@heard.example', 'not the password'),
      await signIn(mia!.email, 'not the password'),
    ];
    expect(unknown).toEqual(wrong);
    expect(wrong.status).toBe(401);
  });

  test('twelve idle hours or seven days end a session, and a request counts as a sign of life', async () => {
    const age = (column: string, hours: number) =>
      app.prisma.$executeRawUnsafe(`UPDATE sessions SET ${column} = ${column} - make_interval(hours => ${hours})`);
    const idle = await mia!.cookie();
    await age('last_seen_at', 11);
    expect(await who(idle)).toBe(200);
    await age('last_seen_at', 11);
    expect(await who(idle)).toBe(200);
    await age('last_seen_at', 12);
    expect(await who(idle)).toBe(401);
    const old = await mia!.cookie();
    await age('expires_at', 7 * 24 - 1);
    expect(await who(old)).toBe(200);
    await age('expires_at', 1);
    expect(await who(old)).toBe(401);
  });

  test('a new password needs the present one, ends all other sessions, and gives this one a new token', async () => {
    const person = await makePerson(app, 'Pia', { 'r-1': 'manager' }, { password: TEST_PASSWORD });
    const [here, there] = [await person.cookie(), await person.cookie()];
    const change = (present: string, next: string) =>
      call('PUT', '/manage/api/password', { cookie: here, body: { present, next } });
    expect((await change('wrong', 'nine iron ladles in a row')).status).toBe(403);
    for (const [weak, status] of [
      ['short', 400],
      ['x'.repeat(129), 400],
      ['heard heard heard', 400],
      ['password12345', 400],
      ['aaaaaaaaaaaaaaaa', 400],
    ] as const)
      expect([weak, (await change(TEST_PASSWORD, weak)).status]).toEqual([weak, status]);
    const changed = await change(TEST_PASSWORD, '  Nine ironë ladles 🥄 in a row  ');
    expect([changed.status, await who(here), await who(there), await who(changed.cookie)]).toEqual([
      204, 401, 401, 200,
    ]);
    expect((await signIn(person.email, 'Nine ironë ladles 🥄 in a row')).status).toBe(401);
    expect((await signIn(person.email, '  Nine ironë ladles 🥄 in a row  ')).status).toBe(204);
  });

  test("one's sessions are listed and ended, one or all; another's cannot be", async () => {
    const person = await makePerson(app, 'Quinn', { 'r-1': 'manager' });
    const [one, two] = [await person.cookie(), await person.cookie()];
    const { json } = await call('GET', '/manage/api/sessions', { cookie: one });
    expect(json.sessions.map(({ here }: { here: boolean }) => here).sort()).toEqual([false, true]);
    const other = json.sessions.find(({ here }: { here: boolean }) => !here).id as string;
    expect((await call('DELETE', `/manage/api/sessions/${other}`, { cookie: await mia!.cookie() })).status).toBe(404);
    expect((await call('DELETE', `/manage/api/sessions/${other}`, { cookie: one })).status).toBe(204);
    expect([await who(one), await who(two)]).toEqual([200, 401]);
    const three = await person.cookie();
    expect((await call('DELETE', '/manage/api/sessions', { cookie: one })).status).toBe(204);
    expect([await who(one), await who(three)]).toEqual([401, 401]);
  });

  test('what is open ends within a second of a sign-out in another process, hint or none', async () => {
    const bus = new Bus({ databaseUrl: app.database.url, log: app.parts.log });
    await bus.start();
    const sessions = new Sessions({ prisma: app.prisma, bus, publicUrl: origin });
    const [hears, deaf] = [
      new PeopleWatch({ sessions, bus, log: app.parts.log }),
      new PeopleWatch({ sessions, bus: { on: () => () => {} }, log: app.parts.log }),
    ];
    for (const watch of [hears, deaf]) watch.start();
    try {
      const person = await makePerson(app, 'Rita', { 'r-1': 'manager', 'r-2': 'manager' });
      const { sessionId } = (await app.parts.sessions.find(await person.cookie()))!;
      const ends: string[] = [];
      for (const [name, watch] of [
        ['hears', hears],
        ['deaf', deaf],
      ] as const) {
        watch.add({ sessionId, restaurantId: 'r-1' }, () => ends.push(`${name} r-1`));
        watch.add({ sessionId, restaurantId: 'r-2' }, () => ends.push(`${name} r-2`));
      }
      await sleep(1200);
      expect(ends).toEqual([]);
      await app.prisma.membership.delete({
        where: { personId_restaurantId: { personId: person.id, restaurantId: 'r-2' } },
      });
      await vi.waitFor(() => expect([...ends].sort()).toEqual(['deaf r-2', 'hears r-2']), {
        timeout: 2500,
        interval: 20,
      });
      await sessions.end(person.id, sessionId);
      await vi.waitFor(() => expect(ends).toContain('hears r-1'), { timeout: 900, interval: 10 });
      await vi.waitFor(() => expect(ends).toHaveLength(4), { timeout: 2500, interval: 20 });
    } finally {
      await Promise.all([hears, deaf].map((watch) => watch.stop()));
      await bus.stop();
    }
  });
});

describe('links', () => {
  test('the first account comes by a link: of many at once one wins, and no such link works again', async () => {
    const empty = await createTestApp();
    try {
      const lines: { link: string }[] = [];
      const log = {
        ...empty.parts.log,
        warn: (line: { link: string }) => {
          if (line.link) lines.push(line);
        },
      };
      Object.assign(empty.parts.invitations as unknown as { deps: object }, {
        deps: { prisma: empty.prisma, log, publicUrl: origin },
      });
      await empty.parts.invitations.printFirstLink();
      await empty.parts.invitations.printFirstLink();
      expect(lines).toHaveLength(2);
      const attempts = await Promise.all(
        lines.flatMap(({ link }) =>
          [1, 2, 3].map((i) =>
            empty.app.request('/auth/accept', {
              method: 'POST',
              body: JSON.stringify({
                secret: secretOf(link),
                name: 'Olga',
                email: `olga${i}@heard.example`,
                password: TEST_PASSWORD,
              }),
              headers: { origin, 'content-type': 'application/json' },
            }),
          ),
        ),
      );
      expect(attempts.map(({ status }) => status).sort()).toEqual([204, 410, 410, 410, 410, 410]);
      expect(await empty.prisma.person.findMany({ select: { operator: true } })).toEqual([{ operator: true }]);
      await empty.parts.invitations.printFirstLink();
      expect(lines).toHaveLength(2);
    } finally {
      await empty.database.drop();
    }
  });

  test('an invitation makes one account with its roles, once, in its time; or adds to one, by its password', async () => {
    const cookie = await mia!.cookie();
    const invite = async (email: string) =>
      (await call('POST', `${at}/invitations`, { cookie, body: { email, role: 'manager' } })).json;
    const made = await invite('Nora@heard.example');
    expect(made.link).toMatch(/^http:\/\/127\.0\.0\.1:3999\/invite#[\w-]{43}$/);
    expect((await call('POST', '/auth/link', { body: { secret: secretOf(made.link) } })).json).toEqual({
      kind: 'new',
      name: null,
      email: 'nora@heard.example',
      operator: false,
      restaurants: ['The First'],
    });
    expect((await accept(made.link, { name: 'Nora', password: 'nora@heard.example' })).status).toBe(400);
    const accepted = await accept(made.link, { name: 'Nora', password: TEST_PASSWORD });
    expect((await call('GET', '/manage/api/me', { cookie: accepted.cookie })).json).toMatchObject({
      name: 'Nora',
      operator: false,
      restaurants: [{ id: 'r-1', role: 'manager' }],
    });
    expect((await accept(made.link, { name: 'Nora', password: TEST_PASSWORD })).status).toBe(410);

    const more = (
      await call('POST', '/manage/api/invitations', {
        cookie: await olga!.cookie(),
        body: { email: 'nora@heard.example', restaurants: ['r-2'] },
      })
    ).json;
    expect((await call('POST', '/auth/link', { body: { secret: secretOf(more.link) } })).json.kind).toBe('join');
    expect((await accept(more.link, { password: "somebody else's guess" })).status).toBe(401);
    const joined = await accept(more.link, { password: TEST_PASSWORD });
    expect((await call('GET', '/manage/api/me', { cookie: joined.cookie })).json.restaurants).toHaveLength(2);

    const late = await invite('late@heard.example');
    await app.prisma
      .$executeRaw`UPDATE invitations SET expires_at = now() - interval '1 ms' WHERE id = ${late.id}::uuid`;
    expect((await accept(late.link, { name: 'Late', password: TEST_PASSWORD })).status).toBe(410);
    const withdrawn = await invite('gone@heard.example');
    expect((await call('DELETE', `${at}/invitations/${withdrawn.id}`, { cookie })).status).toBe(204);
    expect((await accept(withdrawn.link, { name: 'Gone', password: TEST_PASSWORD })).status).toBe(410);
  });

  test('nobody gives what they have not got, and what they gave ends with them', async () => {
    const cookie = await mia!.cookie();
    expect((await call('POST', '/manage/api/invitations', { cookie, body: { operator: true } })).status).toBe(403);
    expect(
      (await call('POST', '/manage/api/invitations', { cookie, body: { restaurants: ['r-1', 'r-2'] } })).status,
    ).toBe(404);
    const mo = await makePerson(app, 'Mo', { 'r-1': 'manager', 'r-2': 'manager' }, { password: TEST_PASSWORD });
    const operatorHere = await makePerson(app, 'Oskar', { 'r-1': 'chef' }, { operator: true, password: TEST_PASSWORD });
    for (const { id } of [mo, operatorHere])
      expect((await call('POST', `${at}/people/${id}/password-link`, { cookie })).status).toBe(403);
    expect((await call('DELETE', `${at}/people/${operatorHere.id}`, { cookie })).status).toBe(403);
    expect((await call('PUT', `${at}/people/${mo.id}`, { cookie, body: { name: 'Moe' } })).status).toBe(403);
    const sam = await makePerson(app, 'Sam', { 'r-1': 'manager' }, { password: TEST_PASSWORD });
    const { link } = (
      await call('POST', `${at}/invitations`, {
        cookie: await sam.cookie(),
        body: { email: 'friend@heard.example', role: 'manager' },
      })
    ).json;
    expect((await call('PUT', `${at}/people/${sam.id}`, { cookie, body: { role: 'waiter' } })).status).toBe(204);
    expect((await accept(link, { name: 'Friend', password: TEST_PASSWORD })).status).toBe(410);
  });

  test('a link for a new password works once and ends all sessions', async () => {
    const tess = await makePerson(app, 'Tess', { 'r-1': 'manager' }, { password: TEST_PASSWORD });
    const before = await tess.cookie();
    const { link } = (await call('POST', `${at}/people/${tess.id}/password-link`, { cookie: await mia!.cookie() }))
      .json;
    const used = await accept(link, { password: 'eleven wooden spoons at dawn' });
    expect([used.status, await who(before), await who(used.cookie)]).toEqual([204, 401, 200]);
    expect([
      (await signIn(tess.email, TEST_PASSWORD)).status,
      (await signIn(tess.email, 'eleven wooden spoons at dawn')).status,
    ]).toEqual([401, 204]);
    expect((await accept(link, { password: TEST_PASSWORD })).status).toBe(410);
  });

  test('a link for a new password is of no use once its person is more than when it was made', async () => {
    const tom = await makePerson(app, 'Tom', { 'r-1': 'manager' }, { password: TEST_PASSWORD });
    const { link } = (await call('POST', `${at}/people/${tom.id}/password-link`, { cookie: await mia!.cookie() })).json;
    const { link: more } = (
      await call('POST', '/manage/api/invitations', {
        cookie: await olga!.cookie(),
        body: { email: tom.email, operator: true },
      })
    ).json;
    expect((await accept(more, { password: TEST_PASSWORD })).status).toBe(204);
    expect((await accept(link, { password: 'eleven wooden spoons at dawn' })).status).toBe(410);
  });
});

describe('people', () => {
  test('who is taken out is signed out and nobody; who works elsewhere stays there', async () => {
    const cookie = await mia!.cookie();
    const [uma, vic] = [
      await makePerson(app, 'Uma', { 'r-1': 'manager' }, { password: TEST_PASSWORD }),
      await makePerson(app, 'Vic', { 'r-1': 'manager', 'r-2': 'manager' }, { password: TEST_PASSWORD }),
    ];
    const [umas, vics] = [await uma.cookie(), await vic.cookie()];
    for (const { id } of [uma, vic]) expect((await call('DELETE', `${at}/people/${id}`, { cookie })).status).toBe(204);
    expect([await who(umas), await who(vics)]).toEqual([401, 200]);
    expect((await call('GET', `${at}/people`, { cookie: vics })).status).toBe(404);
    expect((await call('GET', '/manage/api/restaurants/r-2/people', { cookie: vics })).status).toBe(200);
    expect((await signIn('uma@heard.example', TEST_PASSWORD)).status).toBe(401);
    expect((await call('DELETE', `${at}/people/${mia!.id}`, { cookie })).status).toBe(409);
  });

  test('what cannot be is refused, and every change is audited with the person, for this restaurant only', async () => {
    const cookie = await mia!.cookie();
    const post = (body: object) => call('POST', `${at}/people`, { cookie, body });
    for (const body of [
      {},
      { name: '', role: 'chef' },
      { name: 'x', role: 'boss' },
      { name: 'x', role: 'chef', pin: '1111' },
      { name: 'x', role: 'chef', pin: '4567' },
      { name: 'x', role: 'chef', pin: '123' },
      { name: 'x', role: 'chef', operator: true },
    ]) {
      expect((await post(body)).status).toBe(400);
    }
    const { json } = await post({ name: 'Wim', role: 'chef', pin: '2580' });
    expect((await call('PUT', `${at}/people/${json.id}/pin`, { cookie, body: { pin: '9071' } })).status).toBe(204);
    expect(
      (
        await call('PUT', `/manage/api/restaurants/r-2/people/${json.id}/pin`, {
          cookie: await olga!.cookie(),
          body: { pin: '9071' },
        })
      ).status,
    ).toBe(404);
    const { json: changes } = await call('GET', `${at}/changes?limit=2`, { cookie });
    expect(changes.entries).toMatchObject([
      { actor: 'Mia', action: 'person.pin-set', about: 'Wim' },
      { actor: 'Mia', action: 'person.add', about: 'Wim', detail: { role: 'chef' } },
    ]);
    expect(
      await app.prisma.auditEntry.findFirst({ where: { action: 'person.pin-set', subject: `person ${json.id}` } }),
    ).toMatchObject({ personId: mia!.id, restaurantId: 'r-1' });
    expect(
      (await call('GET', `${at}/changes?limit=2&cursor=${changes.nextCursor}`, { cookie })).json.entries[0].id,
    ).not.toBe(changes.entries[0].id);
    const { json: theirs } = await call('GET', '/manage/api/restaurants/r-2/changes', { cookie: await olga!.cookie() });
    expect(JSON.stringify(theirs)).not.toContain('Wim');
  });

  test('the database holds no secret of people', async () => {
    const cookie = await mia!.cookie();
    const { json } = await call('POST', `${at}/devices`, { cookie, body: { name: 'New', role: 'floor' } });
    const { link } = (
      await call('POST', `${at}/invitations`, { cookie, body: { email: 'x@heard.example', role: 'manager' } })
    ).json;
    const { json: added } = await call('POST', `${at}/people`, {
      cookie,
      body: { name: 'Pim', role: 'chef', pin: '7391' },
    });
    const tables = [
      'people',
      'memberships',
      'sessions',
      'invitations',
      'staff_sign_ins',
      'devices',
      'audit',
      'outbox',
      'rate_limits',
    ];
    const text = (
      await Promise.all(
        tables.map((table) =>
          app.prisma.$queryRawUnsafe<{ text: string }[]>(
            `SELECT coalesce(string_agg(t::text, ' '), '') AS text FROM ${table} t`,
          ),
        ),
      )
    )
      .flat()
      .map((row) => row.text)
      .join(' ');
    for (const secret of [
      TEST_PASSWORD,
      cookie.split('=')[1]!,
      secretOf(link),
      json.code,
      json.code.replace('-', ''),
      json.url.split('/').at(-1),
    ]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    }
    const [pins, passwords] = [
      await app.prisma.membership.findMany({ where: { pinHash: { not: null } } }),
      await app.prisma.person.findMany({ where: { passwordHash: { not: null } } }),
    ];
    expect(pins.map(({ personId }) => personId)).toContain(added.id);
    expect(passwords.map(({ name }) => name)).toContain('Nora');
    for (const hash of [...pins.map(({ pinHash }) => pinHash), ...passwords.map(({ passwordHash }) => passwordHash)])
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await call('DELETE', `${at}/people/${added.id}`, { cookie });
  });
});
