// Links by e-mail, from the call that asks for one to a real mailbox: each works once.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../../scripts/local/process.mjs';
import { OutboxSender } from '../mail/outbox-sender.ts';
import { createApp } from '../web/app.ts';
import { appWithMail, createTestApp, makeRestaurant, OPS_TOKEN, type TestApp } from '../../test/app.ts';
import { type Mail, startMailServer } from '../../test/mail-server.ts';
import { makePerson, TEST_PASSWORD, type TestPerson } from '../../test/people.ts';

const origin = 'http://127.0.0.1:3999';
const NEXT_PASSWORD = 'eleven wooden spoons at dawn';

let app: TestApp;
let withMail: ReturnType<typeof createApp>;
let mails: Mail[];
let mia: TestPerson;
const running: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  app = await createTestApp();
  await makeRestaurant(app);
  mia = await makePerson(app, 'Mia', { 'r-1': 'manager' }, { password: TEST_PASSWORD });
  const port = await freePort();
  const server = await startMailServer(port);
  const {
    prisma,
    parts: { log, invitations },
  } = app;
  const outbox = new OutboxSender({
    prisma,
    log,
    alerts: { smtpUrl: `smtp://127.0.0.1:${port}`, to: 'chef@heard.example', from: 'heard@heard.example' },
    appEnv: 'test',
    linkFor: (id) => invitations.mailedLink(id),
  });
  outbox.start();
  running.push(server, outbox);
  ({ mails } = server);
  withMail = appWithMail(app, () => outbox.kick());
});
beforeEach(() => {
  mails.length = 0;
});
afterAll(async () => {
  for (const part of running.toReversed()) await part.stop();
  await app?.database.drop();
});

const post = async (
  path: string,
  body: object,
  {
    cookie = '',
    server = withMail,
    ...headers
  }: { cookie?: string; server?: typeof withMail; [header: string]: unknown } = {},
) => {
  const answer = await server.request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { origin, cookie, 'content-type': 'application/json', ...(headers as Record<string, string>) },
  });
  return {
    status: answer.status,
    text: await answer.text(),
    cookie: (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '',
  };
};
const secretOf = (link: string) => link.split('#')[1] ?? '';
const accept = async (link: string, given: object) =>
  (await post('/auth/accept', { secret: secretOf(link), ...given })).status;
const signIn = async (email: string, password: string) => (await post('/auth/sign-in', { email, password })).status;
/** The link of the one mail that came, to this address. */
async function mailed(to: string): Promise<string> {
  await vi.waitFor(() => expect(mails).toHaveLength(1), { timeout: 10_000, interval: 20 });
  const [mail] = mails.splice(0);
  expect(mail!.to).toEqual([to]);
  const links = mail!.text.match(/\bhttp\S+/g) ?? [];
  expect(links).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:3999\/invite#[\w-]{43}$/)]);
  return links[0]!;
}

test('an invitation arrives by e-mail: its link works once, and waited nowhere in the database', async () => {
  const { status, text } = await post(
    '/manage/api/restaurants/r-1/invitations',
    { email: 'Nora@heard.example', role: 'manager' },
    { cookie: await mia.cookie() },
  );
  expect([status, JSON.parse(text).mailed]).toEqual([201, true]);
  const link = await mailed('nora@heard.example');
  expect(link).not.toBe(JSON.parse(text).link);
  expect(
    JSON.stringify(await app.prisma.outboxMessage.findMany({ select: { subject: true, body: true, recipient: true } })),
  ).not.toContain(secretOf(link));
  expect([
    await accept(link, { name: 'Nora', password: TEST_PASSWORD }),
    await accept(link, { name: 'Nora', password: NEXT_PASSWORD }),
    await accept(JSON.parse(text).link, { name: 'Nora', password: NEXT_PASSWORD }),
  ]).toEqual([204, 410, 410]);
  expect(await signIn('nora@heard.example', TEST_PASSWORD)).toBe(204);
});

test('a lost password is renewed by a link that works once, for an hour; it ends sessions and older links', async () => {
  const before = await mia.cookie();
  await post('/auth/forgotten', { email: 'MIA@heard.example' });
  const older = await mailed(mia.email);
  await post('/auth/forgotten', { email: mia.email });
  const link = await mailed(mia.email);
  expect(await accept(older, { password: NEXT_PASSWORD })).toBe(410);
  expect(await signIn(mia.email, TEST_PASSWORD)).toBe(204);
  expect([
    await accept(link, { password: 'short' }),
    await accept(link, { password: NEXT_PASSWORD }),
    await accept(link, { password: TEST_PASSWORD }),
  ]).toEqual([400, 204, 410]);
  expect([await signIn(mia.email, TEST_PASSWORD), await signIn(mia.email, NEXT_PASSWORD)]).toEqual([401, 204]);
  expect((await withMail.request('/manage/api/me', { headers: { cookie: before } })).status).toBe(401);
  await post('/auth/forgotten', { email: mia.email });
  const late = await mailed(mia.email);
  await app.prisma
    .$executeRaw`UPDATE invitations SET expires_at = expires_at - interval '1 hour' WHERE used_at IS NULL`;
  expect(await accept(late, { password: TEST_PASSWORD })).toBe(410);
});

test('nobody learns which addresses have accounts: same answers, same limit, and mails to accounts only', async () => {
  const [gone, staff, pia] = [
    await makePerson(app, 'Gone', { 'r-1': 'manager' }, { password: TEST_PASSWORD }),
    await makePerson(app, 'Staff', { 'r-1': 'chef' }, { pin: '2580' }),
    await makePerson(app, 'Pia', { 'r-1': 'manager' }, { password: TEST_PASSWORD }),
  ];
  await app.prisma.person.update({ where: { id: gone.id }, data: { revokedAt: new Date() } });
  const answers = [];
  for (const email of ['nobody@heard.example', gone.email, staff.email, pia.email])
    answers.push(
      await Promise.all(
        [1, 2, 3, 4].map(() =>
          post('/auth/forgotten', { email }).then(({ status, text }) => (status === 202 ? text : status)),
        ),
      ),
    );
  for (const each of answers)
    expect([...each].sort()).toEqual([429, '{"mails":true}', '{"mails":true}', '{"mails":true}'].sort());
  await vi.waitFor(() => expect(mails.length).toBeGreaterThan(0), { timeout: 10_000 });
  expect(new Set(mails.flatMap(({ to }) => to))).toEqual(new Set([pia.email]));
  expect((await post('/auth/forgotten', { email: 'a@heard.example, b@evil.example' })).status).toBe(400);
  expect((await post('/auth/forgotten', { email: 'a,b@evil.example' })).status).toBe(400);
  expect((await post('/auth/forgotten', { email: 'nobody2@heard.example' }, { server: app.app })).text).toBe(
    '{"mails":false}',
  );
});

test("whoever has the operator's token makes such a link where no e-mail goes out; it is audited", async () => {
  const authorization = `Bearer ${OPS_TOKEN}`;
  const pat = await makePerson(app, 'Pat', {}, { operator: true, password: TEST_PASSWORD });
  const make = (email: string, headers: object = { authorization }) =>
    post('/api/v1/password-links', { email }, { server: app.app, ...headers });
  expect([(await make(pat.email, {})).status, (await make('nobody@heard.example')).status]).toEqual([401, 404]);
  const { link } = JSON.parse((await make('PAT@heard.example')).text) as { link: string };
  expect([await accept(link, { password: NEXT_PASSWORD }), await accept(link, { password: TEST_PASSWORD })]).toEqual([
    204, 410,
  ]);
  expect(await signIn(pat.email, NEXT_PASSWORD)).toBe(204);
  expect(
    await app.prisma.auditEntry.findMany({
      where: { subject: `person ${pat.id}`, action: { startsWith: 'password.' } },
      select: { actor: true, action: true },
      orderBy: { id: 'asc' },
    }),
  ).toEqual([
    { actor: 'operator', action: 'password.forgotten' },
    { actor: 'Pat', action: 'password.reset' },
  ]);
});
