// People and devices of a test: made in the database as the server makes them, each with the Cookie header of a browser
// of theirs.
import { randomUUID } from 'node:crypto';
import type { TestApp } from './app.ts';
import type { PersonRole, Role } from '../server/protocol/domain.ts';
import { hashSecret } from '../server/auth/passwords.ts';

export const TEST_PASSWORD = 'seven copper pans in a row';

export interface TestPerson {
  id: string;
  name: string;
  email: string;
  cookie: () => Promise<string>;
}

/** @param at their role by restaurant; @param pin in all of those */
export async function makePerson(
  { prisma, parts }: TestApp,
  name: string,
  at: Record<string, PersonRole>,
  more: { operator?: boolean; password?: string; pin?: string } = {},
): Promise<TestPerson> {
  const [id, email] = [randomUUID(), `${name.toLowerCase()}@heard.example`];
  const [passwordHash, pinHash] = [
    more.password === undefined ? null : await hashSecret(more.password),
    more.pin === undefined ? null : await hashSecret(more.pin),
  ];
  await prisma.person.create({ data: { id, name, email, passwordHash, operator: more.operator ?? false } });
  for (const [restaurantId, role] of Object.entries(at))
    await prisma.membership.create({ data: { personId: id, restaurantId, role, pinHash } });
  return {
    id,
    name,
    email,
    cookie: async () => `heard_session=${(await parts.sessions.open(prisma, id, 'a test')).token}`,
  };
}

export interface TestDevice {
  id: string;
  cookie: string;
}

export async function makeDevice(
  { parts }: TestApp,
  restaurantId: string,
  role: Role,
  stationId: string | null = null,
): Promise<TestDevice> {
  const { secret } = await parts.devices.create(
    { name: `${role} of ${restaurantId}`, restaurantId, role, stationId },
    'test',
  );
  const paired = await parts.devices.pair(secret);
  if (!paired) throw new Error('the device could not be paired');
  return { id: paired.claim.deviceId, cookie: `heard_device_${paired.claim.deviceId}=${paired.claim.token}` };
}

/** Where the app's own pages are. */
export const TEST_ORIGIN = 'http://127.0.0.1:3999';

/** Calls as a page of ours does. */
export async function callFromPage(
  { app }: TestApp,
  method: string,
  path: string,
  { cookie = '', body }: { cookie?: string; body?: unknown } = {},
) {
  const answer = await app.request(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: {
      origin: TEST_ORIGIN,
      cookie,
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': '1' }),
    },
  });
  const text = await answer.text();
  const setCookie = answer.headers.get('set-cookie') ?? '';
  return {
    status: answer.status,
    json: (text.startsWith('{') ? JSON.parse(text) : undefined) as any,
    setCookie,
    cookie: setCookie.split(';', 1)[0] ?? '',
  };
}
