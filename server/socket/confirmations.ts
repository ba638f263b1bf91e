// The open tickets that a screen of their station has confirmed to show. A ticket without a confirmation for 10 s is
// sent again, and told to the expo and to managers. A confirmation changes nothing on a screen, so it raises no rev.
import type { PrismaClient } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import { SHOWN_FOR_MS } from '../protocol/limits.ts';
import type { Unconfirmed } from '../protocol/messages.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';

export interface ConfirmationsDeps {
  prisma: PrismaClient;
  log: Logger;
  /** A ticket was first confirmed, so many seconds after it was fired. */
  onConfirmed?: (seconds: number) => void;
}
interface Said {
  stationId: string;
  deviceId: string;
  tries: number;
}

const WRITE_MS = 250;
const AFTER_SECONDS = 10;
const AGAIN_MS = 10_000;
/** A row that is being changed is tried again: the change is done within milliseconds. */
const TRIES = 20;
const MAX_WAITING = 20_000;
const BATCH = 500;
/** Told to screens; the rest is counted. */
const TOLD = 50;

type UnconfirmedTicket = Unconfirmed['tickets'][number];

export class Confirmations implements Part {
  readonly #said = new Map<string, Said>();
  #unconfirmed = new Map<string, { count: number; tickets: UnconfirmedTicket[] }>();
  readonly #sentAgain = new Map<string, number>();
  readonly #rounds = new Rounds({
    everyMs: WRITE_MS,
    work: () => this.#write(),
    watched: () => troublesOf(this.deps.log).watch('what screens show could not be noted; trying again'),
  });

  constructor(private readonly deps: ConfirmationsDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** Only a station's own screen can confirm its tickets. */
  shown({ station, deviceId }: ScreenIdentity, ticketIds: readonly string[]): void {
    if (!station) return;
    for (const id of ticketIds)
      if (this.#said.size < MAX_WAITING) this.#said.set(id, { stationId: station.id, deviceId, tries: 0 });
  }

  /** As read last; null where it is not known. */
  of(restaurantId: string): Unconfirmed | null {
    const known = this.#unconfirmed.get(restaurantId);
    return known ? { count: known.count, tickets: known.tickets.slice(0, TOLD) } : null;
  }

  /** Once a second. @param restaurantIds those with screens here. @throws where the database does not answer */
  async read(restaurantIds: readonly string[]): Promise<void> {
    const rows = await this.deps.prisma.$queryRaw<
      (Omit<UnconfirmedTicket, 'since'> & { restaurantId: string; count: number; since: Date })[]
    >`
      SELECT *
      FROM (
        SELECT
          s.restaurant_id AS "restaurantId", t.id AS "ticketId", o.id AS "orderId",
          COALESCE(o.number, o.id) AS number, s.id AS "stationId", t.fired_at AS since,
          (count(*) OVER of_restaurant)::int AS count,
          row_number() OVER (PARTITION BY s.restaurant_id ORDER BY t.fired_at, t.id) AS n
        FROM jsonb_array_elements_text(${JSON.stringify(restaurantIds)}::jsonb) AS asked
        CROSS JOIN LATERAL (
          SELECT id, restaurant_id
          FROM stations
          WHERE stations.restaurant_id = asked AND stations.screen OFFSET 0
        ) s
        CROSS JOIN LATERAL (
          SELECT id, order_id, fired_at
          FROM tickets
          WHERE station_id = s.id
            AND state = 'open'
            AND confirmed_at IS NULL
            AND fired_at < now() - ${AFTER_SECONDS} * interval '1 second'
            AND fired_at > now() - ${SHOWN_FOR_MS} * interval '1 ms' OFFSET 0
        ) t
        CROSS JOIN LATERAL (
          SELECT id, number
          FROM orders
          WHERE orders.id = t.order_id OFFSET 0
        ) o
        WINDOW of_restaurant AS (PARTITION BY s.restaurant_id)
      ) u
      WHERE n <= ${BATCH}
      ORDER BY n
    `;
    const next = new Map(restaurantIds.map((id) => [id, { count: 0, tickets: [] as UnconfirmedTicket[] }]));
    for (const { restaurantId, count, since, ticketId, orderId, number, stationId } of rows) {
      const known = next.get(restaurantId)!;
      known.count = count;
      known.tickets.push({ ticketId, orderId, number, stationId, since: since.toISOString() });
    }
    this.#unconfirmed = next;
    const open = new Set(rows.map(({ ticketId }) => ticketId));
    for (const id of this.#sentAgain.keys()) if (!open.has(id)) this.#sentAgain.delete(id);
  }

  /** The tickets to send again now: each at most every 10 s. */
  due(restaurantId: string, now = performance.now()): UnconfirmedTicket[] {
    return (this.#unconfirmed.get(restaurantId)?.tickets ?? []).filter(
      ({ ticketId }) => now - (this.#sentAgain.get(ticketId) ?? -Infinity) >= AGAIN_MS,
    );
  }

  sentAgain(tickets: readonly UnconfirmedTicket[], now = performance.now()): void {
    for (const { ticketId } of tickets) this.#sentAgain.set(ticketId, now);
  }

  /**
   * Rows that something else holds just now are passed by: waiting here while holding others could lock both up for
   * good.
   */
  async #write(): Promise<void> {
    const batch = [...this.#said].slice(0, BATCH);
    if (!batch.length) return;
    const rows = JSON.stringify(
      batch.map(([id, { stationId, deviceId }]) => ({ id, station_id: stationId, device_id: deviceId })),
    );
    const confirmed = await this.deps.prisma.$queryRaw<{ id: string; seconds: number }[]>`
      WITH said AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS s(id uuid, station_id uuid, device_id text)
      ),
      free AS MATERIALIZED (
        SELECT t.id, s.device_id
        FROM said s
        JOIN tickets t ON t.id = s.id AND t.station_id = s.station_id
        WHERE t.state = 'open' AND t.confirmed_at IS NULL
        FOR UPDATE OF t SKIP LOCKED
      )
      UPDATE tickets t
      SET confirmed_at = clock_timestamp(), confirmed_by = free.device_id
      FROM free
      WHERE t.id = free.id
      RETURNING t.id, extract(epoch FROM t.confirmed_at - t.fired_at)::float8 AS seconds
    `;
    const missed = await this.deps.prisma.$queryRaw<{ id: string }[]>`
      SELECT t.id
      FROM jsonb_to_recordset(${rows}::jsonb) AS s(id uuid, station_id uuid)
      JOIN tickets t ON t.id = s.id AND t.station_id = s.station_id
      WHERE t.state = 'open' AND t.confirmed_at IS NULL
    `;
    const again = new Set(missed.map(({ id }) => id));
    for (const [id, said] of batch) {
      said.tries += 1;
      if ((!again.has(id) || said.tries >= TRIES) && this.#said.get(id) === said) this.#said.delete(id);
    }
    for (const { seconds } of confirmed) this.deps.onConfirmed?.(Math.max(0, seconds));
  }
}
