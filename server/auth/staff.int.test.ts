// Staff at a paired device: the names on offer, the end of a sign-in, and the name that a tap counts for.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Retention } from '../archive/retention.ts';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';
import { callFromPage, makeDevice, makePerson, type TestDevice, type TestPerson } from '../../test/people.ts';
import { tapBy } from './staff.ts';

let app: TestApp;
let mia: TestPerson | undefined;
let [expo, floor]: TestDevice[] = [];
let [xena, yan]: TestPerson[] = [];
beforeAll(async () => {
  app = await createTestApp();
  for (const id of ['r-1', 'r-2']) await makeRestaurant(app, id);
  mia = await makePerson(app, 'Mia', { 'r-1': 'manager' });
  [expo, floor] = [await makeDevice(app, 'r-1', 'expo'), await makeDevice(app, 'r-1', 'floor')];
  [xena, yan] = [
    await makePerson(app, 'Xena', { 'r-1': 'expo' }, { pin: '2580' }),
    await makePerson(app, 'Yan', { 'r-1': 'chef' }, { pin: '9071' }),
  ];
  await makePerson(app, 'Zoe', { 'r-2': 'expo' }, { pin: '2580' });
});
afterAll(() => app?.database.drop());

const call = (method: string, path: string, more?: Parameters<typeof callFromPage>[3]) =>
  callFromPage(app, method, path, more);
const at = '/manage/api/restaurants/r-1';
const staff = (device: TestDevice) => call('GET', `/screen/api/${device.id}/staff`, { cookie: device.cookie });
const choose = (device: TestDevice, person: TestPerson, pin: string) =>
  call('POST', `/screen/api/${device.id}/staff/sign-in`, { cookie: device.cookie, body: { personId: person.id, pin } });
const present = async (device: TestDevice) => (await staff(device)).json.present?.name ?? null;

test('staff of this restaurant with a PIN and a post there are offered; one at a time, the next takes over', async () => {
  expect((await staff(expo!)).json.people.map(({ name }: { name: string }) => name)).toEqual(['Xena', 'Yan']);
  expect((await staff(floor!)).json.people.map(({ name }: { name: string }) => name)).toEqual(['Xena']);
  expect((await choose(expo!, xena!, '0000')).status).toBe(401);
  expect((await choose(floor!, yan!, '9071')).status).toBe(401);
  expect((await choose(expo!, xena!, '2580')).json).toMatchObject({ name: 'Xena' });
  expect((await choose(expo!, yan!, '9071')).status).toBe(200);
  expect(await present(expo!)).toBe('Yan');
  await Promise.all([choose(expo!, xena!, '2580'), choose(expo!, yan!, '9071'), choose(expo!, xena!, '2580')]);
  expect(await app.prisma.staffSignIn.count({ where: { openOn: expo!.id } })).toBe(1);
  expect((await call('POST', `/screen/api/${expo!.id}/staff/sign-out`, { cookie: expo!.cookie })).status).toBe(204);
  expect(await present(expo!)).toBeNull();
});

test('it ends after the time that the device is set to without a tap; a tap begins it anew', async () => {
  await choose(expo!, xena!, '2580');
  await call('PUT', `${at}/devices/${expo!.id}`, { cookie: await mia!.cookie(), body: { staffMinutes: 10 } });
  const idle = (minutes: number) =>
    app.prisma.$executeRaw`
        UPDATE staff_sign_ins
        SET last_tap_at = last_tap_at - make_interval(mins => ${minutes}::int)
        WHERE open_on = ${expo!.id}::uuid
      `;
  await idle(9);
  expect(await tapBy(app.prisma, expo!.id, xena!.id)).toBe('Xena');
  await idle(9);
  expect(await present(expo!)).toBe('Xena');
  await idle(2);
  expect(await present(expo!)).toBeNull();
});

test("a tap is theirs who was signed in there lately, also when it comes late, and nobody else's", async () => {
  await choose(expo!, yan!, '9071');
  expect(await tapBy(app.prisma, expo!.id, xena!.id)).toBe('Xena');
  expect(await tapBy(app.prisma, floor!.id, xena!.id)).toBeNull();
  expect(await tapBy(app.prisma, 'manager:r-1', xena!.id)).toBeNull();
  await app.prisma.$executeRaw`
      UPDATE staff_sign_ins SET ended_at = ended_at - interval '25 hours' WHERE person_id = ${xena!.id}::uuid
    `;
  expect(await tapBy(app.prisma, expo!.id, xena!.id)).toBeNull();
});

test('taking somebody out, or another PIN, ends them at their device; revoking it ends everybody there', async () => {
  await choose(expo!, yan!, '9071');
  await call('PUT', `${at}/people/${yan!.id}/pin`, { cookie: await mia!.cookie(), body: { pin: '8024' } });
  expect(await present(expo!)).toBeNull();
  await choose(expo!, yan!, '8024');
  await call('DELETE', `${at}/people/${yan!.id}`, { cookie: await mia!.cookie() });
  expect([await present(expo!), await tapBy(app.prisma, expo!.id, yan!.id)]).toEqual([null, null]);
  await call('DELETE', `${at}/devices/${expo!.id}`, { cookie: await mia!.cookie() });
  expect((await staff(expo!)).status).toBe(401);
});

test('of who stood where, and of e-mails that were sent, nothing is kept for longer than a month', async () => {
  await app.prisma.$executeRaw`
      UPDATE staff_sign_ins
      SET ended_at = now() - interval '31 days'
      WHERE id = (SELECT min(id) FROM staff_sign_ins WHERE open_on IS NULL)
    `;
  for (const [subject, days] of [
    ['old', 31],
    ['young', 29],
    ['waits', null],
  ] as const) {
    await app.prisma.outboxMessage.create({
      data: {
        subject,
        body: '',
        createdAt: new Date(0),
        sentAt: days === null ? null : new Date(Date.now() - days * 86_400_000),
      },
    });
  }
  const before = await app.prisma.staffSignIn.count();
  await new Retention({ prisma: app.prisma, log: app.parts.log }).trim();
  expect(await app.prisma.staffSignIn.count()).toBe(before - 1);
  expect((await app.prisma.outboxMessage.findMany({ orderBy: { id: 'asc' } })).map(({ subject }) => subject)).toEqual([
    'young',
    'waits',
  ]);
});
