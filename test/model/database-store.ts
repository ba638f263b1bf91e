// The model's store as it is in truth: the settler, the claims and the operators' calls over PostgreSQL, one settler
// for each process.
import type { PrismaClient } from '../../server/db/client.ts';
import { glanceAt } from '../../server/ingest/glance.ts';
import { RejectedMessages, type Rejection } from '../../server/ingest/rejected.ts';
import type { Settlement } from '../../server/settle/settlement.ts';
import { claimDue } from '../../server/retry/claims.ts';
import { RetryControl } from '../../server/retry/control.ts';
import { log, startSettler, type TestSettler } from '../pipeline.ts';
import { PROCESSES } from './script.ts';
import { RETRY, TIME_STEP_MS, type Rows, type Store } from './store.ts';

export class DatabaseStore implements Store {
  readonly #prisma: PrismaClient;
  readonly #control: RetryControl;
  readonly #rejected: RejectedMessages;

  private constructor(private readonly settlers: TestSettler[]) {
    this.#prisma = settlers[0]!.prisma;
    this.#control = new RetryControl({ prisma: this.#prisma, bus: settlers[0]!.bus });
    this.#rejected = new RejectedMessages({ prisma: this.#prisma, log });
  }

  static async start(url: string): Promise<DatabaseStore> {
    return new DatabaseStore(
      await Promise.all(Array.from({ length: PROCESSES }, () => startSettler(url, { retry: RETRY }))),
    );
  }

  async stop(): Promise<void> {
    this.#rejected.stop();
    for (const settler of this.settlers) await settler.stop();
  }

  /** Errors after which the settlers tried again: none, as long as the database refuses nothing. */
  get warnings(): string[] {
    return this.settlers.flatMap(({ warnings }) => warnings);
  }

  /** For the next history. Restaurants stay, since the settlers know them. */
  async empty(): Promise<void> {
    await this.#prisma.$executeRaw`
        TRUNCATE lanes, parked_messages, order_history, orders, line_items, tickets, changes, rejected_messages,
        outbox, audit RESTART IDENTITY
      `;
    // Else each process would take the empty tables for a database that was put back.
    for (const { settler } of this.settlers) settler.forget();
  }

  look(orderIds: string[]) {
    return glanceAt(this.#prisma, orderIds);
  }
  settle(settlement: Settlement, process: number) {
    return this.settlers[process]!.settler.settle(settlement);
  }
  async claim(free: number, trying: string[]) {
    return (await claimDue(this.#prisma, free, trying)).sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
  }
  keep(rejection: Rejection) {
    return this.#rejected.keep(rejection);
  }
  async operate(says: 'retry' | 'discard', id: number) {
    await this.#control[says === 'retry' ? 'retryNow' : 'discard'](BigInt(id), 'operator');
  }

  /** Every time in the tables comes nearer by one step. */
  async passTime(): Promise<void> {
    await this.#prisma.$executeRaw`
        UPDATE lanes
        SET
          next_attempt_at = next_attempt_at - ${TIME_STEP_MS} * interval '1 ms',
          lease_until = lease_until - ${TIME_STEP_MS} * interval '1 ms'
      `;
  }

  async rows(): Promise<Rows> {
    const [{ rows }] = await this.#prisma.$queryRaw<[{ rows: { [T in keyof Rows]: Rows[T] | null } }]>`
      SELECT json_build_object(
        'history', (
          SELECT json_agg(
            json_build_object(
              'orderId', order_id, 'kind', kind, 'version', version, 'partition', partition, 'offset', "offset",
              'redelivery', redelivery
            )
            ORDER BY seq
          )
          FROM order_history
        ),
        'parked', (
          SELECT json_agg(
            json_build_object(
              'id', id, 'orderId', order_id, 'partition', partition, 'offset', "offset", 'state', state,
              'attempts', attempts
            )
            ORDER BY id
          )
          FROM parked_messages
        ),
        'lanes', (
          SELECT json_agg(
            json_build_object(
              'orderId', order_id, 'parked', parked, 'due', next_attempt_at <= now(), 'token', lease_token,
              'leased', COALESCE(lease_until >= now(), false), 'forced', forced
            )
            ORDER BY order_id
          )
          FROM lanes
        ),
        'orders', (
          SELECT json_agg(
            json_build_object(
              'id', id, 'version', version, 'status', status,
              'revision', (SELECT quantity FROM line_items l WHERE l.order_id = o.id)
            )
            ORDER BY id
          )
          FROM orders o
        ),
        'rejected', (
          SELECT json_agg(json_build_object('partition', partition, 'offset', "offset") ORDER BY id)
          FROM rejected_messages
        ),
        'emails', (SELECT json_agg(subject ORDER BY subject) FROM outbox)
      ) AS rows
    `;
    const { history, parked, lanes, orders, rejected, emails } = rows;
    return {
      history: history ?? [],
      parked: parked ?? [],
      lanes: lanes ?? [],
      orders: orders ?? [],
      rejected: rejected ?? [],
      emails: emails ?? [],
    };
  }
}
