// The outbox against a real SMTP server on loopback.
import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../../scripts/local/process.mjs';
import { createLogger } from '../logger.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Mail, startMailServer } from '../../test/mail-server.ts';
import { OutboxSender } from './outbox-sender.ts';

let database: TestDatabase;
let port: number;
let mails: Mail[] = [];
const running: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  port = await freePort();
  mails = [];
  await database.prisma.outboxMessage.deleteMany();
});
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop();
});
afterAll(() => database?.drop());

async function mailServer(options = {}) {
  const server = await startMailServer(port, options);
  ({ mails } = server);
  running.push(server);
}

function sender(more: { smtpUrl?: string; lines?: string[] } = {}) {
  const log = createLogger('debug');
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    log[level] = ((...parts: unknown[]) => {
      more.lines?.push(JSON.stringify(parts));
    }) as typeof log.info;
  const outbox = new OutboxSender({
    prisma: database.prisma,
    log,
    alerts: {
      smtpUrl: more.smtpUrl ?? `smtp://127.0.0.1:${port}`,
      to: 'manager@example.test',
      from: 'heard@example.test',
    },
    appEnv: 'test',
    linkFor: async () => null,
    backoffSeconds: 0.2,
  });
  running.push(outbox);
  outbox.start();
  return outbox;
}

const write = (count: number) =>
  database.prisma.outboxMessage.createMany({
    data: Array.from({ length: count }, (_, i) => ({
      subject: `Order o-${i} ü`,
      body: `About o-${i}`,
      createdAt: new Date(),
      nextAttemptAt: new Date(Date.now() - 1000),
    })),
  });
const unsent = () => database.prisma.outboxMessage.count({ where: { sentAt: null } });
const allSent = () => vi.waitFor(async () => expect(await unsent()).toBe(0), { timeout: 20_000, interval: 50 });

test('each row is one e-mail, to whom and from whom it should be', async () => {
  await mailServer();
  const outbox = sender();
  await write(3);
  outbox.kick();
  await allSent();
  expect(mails.map(({ from, to, subject, text }) => ({ from, to, subject, text: text.trim() }))).toEqual(
    [0, 1, 2].map((i) => ({
      from: 'heard@example.test',
      to: ['manager@example.test'],
      subject: `Order o-${i} ü`,
      text: `About o-${i}`,
    })),
  );
  expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(3);
});

test('two senders at once send each row once', async () => {
  await mailServer({ slowMs: 20 });
  await write(20);
  const both = [sender(), sender()];
  for (const outbox of both) outbox.kick();
  await allSent();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(mails.map((mail) => mail.text.trim()).sort()).toEqual(
    Array.from({ length: 20 }, (_, i) => `About o-${i}`).sort(),
  );
});

test('a mail that takes long is not sent by another process meanwhile', async () => {
  await mailServer({ slowMs: 2500 });
  await write(1);
  const both = [sender(), sender()];
  for (const outbox of both) outbox.kick();
  await allSent();
  expect(mails).toHaveLength(1);
});

test('with the mail server down rows wait, and go out once when it is up', async () => {
  await write(2);
  const lines: string[] = [];
  sender({ smtpUrl: `smtp://someone:pass%20word@127.0.0.1:${port}`, lines });
  await vi.waitFor(
    async () =>
      expect(
        (await database.prisma.outboxMessage.findFirstOrThrow({ orderBy: { id: 'asc' } })).attempts,
      ).toBeGreaterThan(1),
    { timeout: 10_000 },
  );
  expect((await database.prisma.outboxMessage.findFirstOrThrow({ orderBy: { id: 'asc' } })).lastError).toContain(
    'ECONNREFUSED',
  );
  expect(lines.join('\n')).toContain('could not be sent');
  expect(lines.join('\n')).not.toMatch(/pass.word|pass%20word|someone/);
  await mailServer();
  await allSent();
  expect(mails.map((mail) => mail.text.trim()).sort()).toEqual(['About o-0', 'About o-1']);
});

test('a mail that is refused for now is sent again, as the same mail', async () => {
  await mailServer({ refuse: 2 });
  await write(1);
  sender();
  await allSent();
  expect(mails).toHaveLength(1);
  const row = await database.prisma.outboxMessage.findFirstOrThrow();
  expect(row).toMatchObject({ attempts: 3, lastError: null, nextAttemptAt: null });
  expect(mails[0]?.messageId).toBe(`<heard.test.${row.id}.${row.createdAt.getTime()}@example.test>`);
});

test('a row that a dead process had leased is sent when its lease is over, not before', async () => {
  await mailServer();
  await write(1);
  await database.prisma.$executeRaw`UPDATE outbox SET attempts = 1, next_attempt_at = now() + interval '1500 ms'`;
  sender();
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(mails).toHaveLength(0);
  await allSent();
  expect(mails).toHaveLength(1);
});

test('a mail server that accepts and says nothing holds nothing up for long', { timeout: 20_000 }, async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
  await write(1);
  sender();
  await vi.waitFor(
    async () => expect((await database.prisma.outboxMessage.findFirstOrThrow()).lastError).toMatch(/greeting/i),
    { timeout: 8000 },
  );
  for (const socket of sockets) socket.destroy();
  silent.close();
});
