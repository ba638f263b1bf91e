// Lanes whose fetches and settlements a test answers by hand.
import { HeardError } from '../server/errors.ts';
import type { Origin } from '../server/ingest/arrival.ts';
import { Lanes, type Glance } from '../server/ingest/lanes.ts';
import type { OrderEvent } from '../server/upstream/message.ts';
import type { OrderDetail } from '../server/upstream/detail.ts';
import type { FetchResult } from '../server/fetch/fetch-queue.ts';
import type { SettleResult } from '../server/settle/settle.ts';
import type { Settlement } from '../server/settle/settlement.ts';
import { deferred, turns, type Deferred } from './made.ts';

export interface Fetch extends Deferred<FetchResult> {
  orderId: string;
  start: () => void;
}
interface Settle extends Deferred<SettleResult> {
  settlement: Settlement;
}

export class LanesWorld {
  fetches: Fetch[] = [];
  settles: Settle[] = [];
  looks: string[] = [];
  appetite = Infinity;
  pauses: { ms: number; over: () => void }[] = [];
  ended: number[] = [];
  faults: string[] = [];
  glance: Glance = null;
  readonly lanes = new Lanes({
    look: async (orderIds) => {
      this.looks.push(...orderIds);
      return orderIds.map(() => this.glance);
    },
    appetite: () => this.appetite,
    fetch: (orderId, start) => {
      const one = { ...deferred<FetchResult>(), orderId, start };
      this.fetches.push(one);
      return one.promise;
    },
    settle: (settlement) => {
      const one = { ...deferred<SettleResult>(), settlement };
      this.settles.push(one);
      return one.promise;
    },
    onFault: (orderId, error) => {
      this.faults.push(`${orderId}: ${(error as Error).message}`);
    },
    pause: (ms) =>
      new Promise<void>((resolve) => {
        this.pauses.push({ ms, over: resolve });
      }),
  });

  readonly origin: Origin & { wanted: boolean } = {
    incarnationId: 1,
    partition: 0,
    wanted: true,
    ended: ({ position }) => {
      this.ended.push(position.offset);
    },
  };

  add(message: OrderEvent): void {
    this.lanes.add({ event: message, from: this.origin });
  }

  async answer(found: OrderDetail | HeardError, { outage = false } = {}): Promise<void> {
    const one = this.fetches.shift()!;
    one.start();
    one.resolve(found instanceof HeardError ? { ok: false, error: found, outage } : { ok: true, detail: found });
    await turns();
  }

  /** @param again offsets of messages that are not settled */
  async settled(again: number[] = []): Promise<Settlement> {
    const { settlement, resolve } = this.settles.shift()!;
    resolve({
      again: [...settlement.before, ...settlement.during].filter(({ position }) => again.includes(position.offset)),
      fates: {},
      parked: false,
    });
    await turns();
    return settlement;
  }
}

export const offsets = (messages: OrderEvent[]): number[] => messages.map(({ position }) => position.offset);
export const broken = new HeardError('ORDER_API_FAILED', 'the order service answered 500');
