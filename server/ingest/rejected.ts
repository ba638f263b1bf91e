// Messages that can never be applied are kept with their bytes.
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Position, RawRecord } from '../upstream/message.ts';
import type { Part } from '../lib/part.ts';
import { MicroBatch } from '../lib/micro-batch.ts';

export interface Rejection {
  position: Position;
  reason: string;
  record: RawRecord;
}

/** Messages are up to 1 MB each. */
const BATCH = 8;
const PAUSE_MS = 500;

export interface RejectedMessagesDeps {
  prisma: PrismaClient;
  log: Logger;
}

export class RejectedMessages implements Part {
  readonly #batches: MicroBatch<Rejection, void>;
  #stopped = false;

  constructor(private readonly deps: RejectedMessagesDeps) {
    this.#batches = new MicroBatch((rejections) => this.#write(rejections), {
      maxSize: BATCH,
      width: 1,
      keyOf: ({ position }) => `${position.partition}/${position.offset}`,
    });
  }

  /** Resolves when the message is kept; waits for as long as the database is away. */
  keep(rejection: Rejection): Promise<void> {
    return this.#batches.add(rejection);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #write(rejections: Rejection[]): Promise<void[]> {
    const rows = JSON.stringify(
      rejections.map(({ position, reason, record }) => ({
        i: position.incarnationId,
        p: position.partition,
        o: position.offset,
        reason,
        key: base64(record.key),
        value: base64(record.value),
        headers: headersOf(record),
      })),
    );
    for (;;) {
      try {
        await this.deps.prisma.$executeRaw`
          INSERT INTO rejected_messages (incarnation_id, partition, "offset", at, reason, key, value, headers)
          SELECT i, p, o, now(), reason, decode(key, 'base64'), decode(value, 'base64'), headers
          FROM jsonb_to_recordset(${rows}::jsonb) AS r(
            i int, p int, o bigint, reason text, key text, value text, headers jsonb
          )
          ORDER BY i, p, o
          ON CONFLICT (incarnation_id, partition, "offset") DO NOTHING
        `;
        return rejections.map(() => undefined);
      } catch (error) {
        if (this.#stopped) throw error;
        this.deps.log.warn({ error: messageOf(error) }, 'a rejected message could not be kept; trying again');
        await sleep(PAUSE_MS);
      }
    }
  }
}

const base64 = (bytes: Buffer | null) => bytes?.toString('base64') ?? null;

/** Names as text, values in base64, each name with all of its values. */
function headersOf({ headers }: RawRecord): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toWellFormed().replaceAll('\0', '\uFFFD'),
      (value === undefined ? [] : [value].flat()).map((one) => Buffer.from(one as Buffer).toString('base64')),
    ]),
  );
}
