// Sends the outbox's rows as e-mails. A row is leased before it is sent: its next attempt is put off for longer than a
// sending can take, so that two processes never send it at once, and the row of a process that dies falls to the others.
// A process may die after the sending and before it marks the row. The e-mail is then sent again with the same
// Message-ID, by which mailboxes recognise it.
import { createTransport, type Transporter } from 'nodemailer';
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { DeadlineError, within } from '../lib/deadline.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import { LINK_HERE } from './mails.ts';

const POLL_MS = 1000;
const SEND_MS = 30_000;
const LEASE_SECONDS = 90;
const BACKOFF_SECONDS = 5;
const MAX_BACKOFF_SECONDS = 600;
const STOP_MS = 5000;

interface Row {
  id: bigint;
  subject: string;
  body: string;
  recipient: string | null;
  invitationId: string | null;
  createdAt: Date;
  attempts: number;
}

export interface OutboxSenderDeps {
  prisma: PrismaClient;
  log: Logger;
  alerts: { smtpUrl: string; to: string; from: string };
  appEnv: string;
  /** Makes an invitation's link when its e-mail is sent. @returns null where the invitation has ended */
  linkFor: (invitationId: string) => Promise<string | null>;
  /** The wait after the first failure; doubled with each further one, up to ten minutes. */
  backoffSeconds?: number;
}

export class OutboxSender implements Part {
  readonly #transport: Transporter;
  /** Rows that were sent but not marked, since the database was away just then. */
  readonly #unmarked = new Set<bigint>();
  readonly #rounds = new Rounds({
    everyMs: POLL_MS,
    work: () => this.#sendDue(),
    watched: () => troublesOf(this.deps.log).watch('the outbox could not be read'),
    atOnce: true,
  });

  constructor(private readonly deps: OutboxSenderDeps) {
    // The options are a transport's; the types know `url` only for pools.
    const options = {
      url: deps.alerts.smtpUrl,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 10_000,
      dnsTimeout: 5000,
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    this.#transport = createTransport(options);
  }

  start(): void {
    this.#rounds.start();
  }

  /** Waits for the mail that is being sent, at most 5 s; its row is leased, so another process goes on with it. */
  async stop(): Promise<void> {
    await within(STOP_MS, this.#rounds.stop()).catch(() => {});
    this.#transport.close();
  }

  /** Looks now: a row was just written. */
  kick(): void {
    this.#rounds.kick();
  }

  async #sendDue(): Promise<void> {
    // One at a time: a lease covers one sending, and while the mail server is away each round costs one try.
    while (!this.#rounds.stopped) {
      const row = await this.#lease();
      if (!row || !(await this.#send(row))) return;
    }
  }

  async #lease(): Promise<Row | undefined> {
    const [row] = await this.deps.prisma.$queryRaw<Row[]>`
      UPDATE outbox
      SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = (
          SELECT id
          FROM outbox
          WHERE sent_at IS NULL AND next_attempt_at <= now()
          ORDER BY next_attempt_at, id LIMIT 1
          FOR UPDATE SKIP LOCKED
        )
      RETURNING id, subject, body, recipient, invitation_id AS "invitationId", created_at AS "createdAt", attempts
    `;
    return row;
  }

  /** @returns whether the mail server took it */
  async #send(row: Row): Promise<boolean> {
    const { alerts, appEnv, log } = this.deps;
    const messageId = `<heard.${appEnv}.${row.id}.${row.createdAt.getTime()}@${alerts.from.split('@')[1]}>`;
    try {
      if (!this.#unmarked.has(row.id)) {
        const link = row.invitationId === null ? '' : await this.deps.linkFor(row.invitationId);
        if (link !== null)
          await within(
            SEND_MS,
            this.#transport.sendMail({
              from: alerts.from,
              to: row.recipient ?? alerts.to,
              subject: row.subject,
              text: row.body.replace(LINK_HERE, link),
              date: row.createdAt,
              messageId,
              headers: { 'Auto-Submitted': 'auto-generated' },
            }),
          );
      }
    } catch (error) {
      const reason = this.#withoutSecrets(messageOf(error));
      const backoff = Math.min(
        MAX_BACKOFF_SECONDS,
        (this.deps.backoffSeconds ?? BACKOFF_SECONDS) * 2 ** Math.min(row.attempts - 1, 20),
      );
      // A sending that takes too long may still arrive.
      const seconds = error instanceof DeadlineError ? Math.max(backoff, LEASE_SECONDS) : backoff;
      log.warn(
        { outboxId: String(row.id), attempts: row.attempts, reason, nextInSeconds: seconds },
        'an e-mail could not be sent; it will be tried again',
      );
      await this.deps.prisma.$executeRaw`
          UPDATE outbox
          SET next_attempt_at = now() + make_interval(secs => ${seconds}), last_error = ${reason}
          WHERE id = ${row.id} AND sent_at IS NULL
        `;
      return false;
    }
    this.#unmarked.add(row.id);
    await this.deps.prisma
      .$executeRaw`UPDATE outbox SET sent_at = now(), next_attempt_at = NULL, last_error = NULL WHERE id = ${row.id}`;
    this.#unmarked.delete(row.id);
    log.info({ outboxId: String(row.id), attempts: row.attempts }, 'an e-mail was sent');
    return true;
  }

  #withoutSecrets(text: string): string {
    const { smtpUrl } = this.deps.alerts;
    const { username, password } = new URL(smtpUrl);
    const secrets = [smtpUrl, password, username]
      .flatMap((secret) => [secret, decoded(secret)])
      .filter((secret) => secret.length > 2);
    return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
