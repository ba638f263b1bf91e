// Begins the first tickets of the stations that are set so (`start` is `auto`). Every process looks twice a second. The
// process that gets an order's lane does the work, so that all screens agree. A dish that was begun stays begun.
import type { Bus } from '../db/bus.ts';
import { Prisma, type PrismaClient, type Sql } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import { loadOrders } from '../order/order-rows.ts';
import { isoTime } from '../db/iso-time.ts';
import { beginTickets, ticketsToBegin, type OpenTicket } from '../protocol/rules/begin.ts';
import { isCanceled, type UpstreamStatus } from '../protocol/status.ts';
import { lockFreeLanes } from './free-lanes.ts';
import { saveChanges } from './save-changes.ts';

export interface StartClockDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'publish'>;
  log: Logger;
}

const LOOK_MS = 500;

interface Row extends OpenTicket {
  readonly orderId: string;
  readonly stationId: string;
  readonly status: UpstreamStatus;
  /** The station's setting. */
  readonly first: number;
}

export class StartClock implements Part {
  readonly #rounds = new Rounds({
    everyMs: LOOK_MS,
    work: () => this.look(),
    watched: () => troublesOf(this.deps.log).watch('tickets could not be begun'),
  });

  constructor(private readonly deps: StartClockDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /**
   * Begins the tickets whose turn it is.
   * @returns how many orders changed
   */
  async look(): Promise<number> {
    if (this.#rounds.stopped) return 0;
    const byStation = new Map<string, Row[]>();
    for (const row of await this.#open())
      if (!isCanceled(row)) byStation.set(row.stationId, [...(byStation.get(row.stationId) ?? []), row]);
    const due = [...byStation.values()].flatMap((rows) => ticketsToBegin(rows, rows[0]!.first));
    return due.length ? this.#begin(due) : 0;
  }

  /** All open tickets of these stations. Most restaurants have no such station, and then nothing is read. */
  async #open(): Promise<Row[]> {
    return this.deps.prisma.$queryRaw<Row[]>`
      SELECT
        t.id, t.order_id AS "orderId", t.station_id AS "stationId", ${isoTime('t.fired_at')} AS "firedAt",
        (s.start->>'first')::int AS first, o.status,
        COALESCE(o.priority = 'RUSH' OR jsonb_typeof(o.rush) = 'object', false) AS rushed,
        lines.waiting, lines.cooking
      FROM stations s
      CROSS JOIN LATERAL (SELECT * FROM tickets WHERE station_id = s.id AND state = 'open' OFFSET 0) t
      JOIN orders o ON o.id = t.order_id
      CROSS JOIN LATERAL (
        SELECT
          count(*) FILTER (WHERE l.state = 'waiting')::int AS waiting,
          count(*) FILTER (WHERE l.state = 'cooking')::int AS cooking
        FROM line_items l
        WHERE l.order_id = t.order_id AND l.ticket_id = t.id
      ) lines
      WHERE s.start->>'mode' = 'auto'
    `;
  }

  async #begin(tickets: readonly Row[]): Promise<number> {
    const ticketIds = new Set(tickets.map(({ id }) => id));
    const touched = await this.deps.prisma.$transaction(async (tx) => {
      const free = await lockFreeLanes(tx, [...new Set(tickets.map(({ orderId }) => orderId))]);
      const orders = await loadOrders(tx, Prisma.sql`o.id = ANY(${free}::text[])`);
      const now = await timeOf(tx);
      const changes = orders.flatMap((before) => {
        const after = beginTickets(before, ticketIds, now);
        return after === before ? [] : [{ before, after }];
      });
      return saveChanges(tx, changes);
    });
    this.deps.bus.publish('feed', touched.keys());
    return [...touched.values()].flat().length;
  }
}

async function timeOf(tx: Sql): Promise<string> {
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  return now.toISOString();
}
