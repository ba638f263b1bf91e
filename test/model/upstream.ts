// The platform of the model: the truth of each order, the messages about it in the topic's partitions, and the answers
// of its order service.
import { HeardError } from '../../server/errors.ts';
import type { IntakeRecord } from '../../server/ingest/intake.ts';
import type { FetchResult } from '../../server/fetch/fetch-queue.ts';
import type { OrderDetail } from '../../server/upstream/detail.ts';
import { STATUSES } from '../../server/protocol/status.ts';
import { detail, item } from '../made.ts';
import { PARTITIONS, type Answer, type Script } from './script.ts';

export const APP_ENV = 'model';
const statuses: readonly string[] = STATUSES;

/** `revision`: of the order that it is about, from 1; 0 for one that can never be applied. */
export interface Message {
  orderId: string;
  revision: number;
  partition: number;
  record: IntakeRecord;
}

export const orderName = (order: number): string => `o-${order}`;
export const placeOf = ({ partition, record }: Message): string => `${partition}/${record.offset}`;

export class Upstream {
  readonly partitions: Message[][] = Array.from({ length: PARTITIONS }, () => []);
  /** Order -> the status of each of its revisions. */
  readonly #truth = new Map<string, string[]>();
  readonly #ill = new Set<string>();

  constructor(private readonly script: Pick<Script, 'versions' | 'gaps'>) {}

  get messages(): Message[] {
    return this.partitions.flat();
  }

  change(order: number, further: boolean): void {
    const orderId = orderName(order);
    const revisions = this.#truth.get(orderId) ?? [];
    this.#truth.set(orderId, revisions);
    const before = revisions.at(-1);
    const status =
      before === undefined
        ? statuses[0]!
        : statuses[Math.min(statuses.indexOf(before) + Number(further), statuses.length - 1)]!;
    revisions.push(status);
    const { versions } = this.script;
    const version =
      versions === 'always' || (versions === 'sometimes' && before === status) ? { version: revisions.length } : {};
    this.#send(
      order,
      revisions.length,
      JSON.stringify({ id: orderId, status, ...version, restaurantId: 'r-1', occurredAt: revisions.length }),
    );
  }

  replay(order: number, which: number): void {
    const sent = this.messages.filter(({ orderId }) => orderId === orderName(order));
    const message = sent[which % Math.max(1, sent.length)];
    if (message) this.#send(order, message.revision, message.record.value!.toString());
  }

  garbage(order: number): void {
    this.#send(order, 0, 'not JSON');
  }

  setIll(order: number, ill: boolean): void {
    this.#ill[ill ? 'add' : 'delete'](orderName(order));
  }

  heal(): void {
    this.#ill.clear();
  }

  /** @param place of a message */
  revisionOf(place: string): number {
    return this.messages.find((message) => placeOf(message) === place)!.revision;
  }

  newest(orderId: string): number {
    return this.#truth.get(orderId)?.length ?? 0;
  }

  /** @param then the newest revision when the request came */
  answer(orderId: string, answer: Answer, then: number): FetchResult {
    const failed = (outage: boolean): FetchResult => ({
      ok: false,
      error: new HeardError('ORDER_API_FAILED', 'the order service answered 500'),
      outage,
    });
    if (answer === 'outage') return failed(true);
    if (answer === 'broken' || this.#ill.has(orderId)) return failed(false);
    if (answer === 'now') return { ok: true, detail: this.detailOf(orderId, this.newest(orderId)) };
    const lag = answer === 'behind' && this.script.versions !== 'never' ? 1 : 0;
    if (then - lag < 1) return failed(false);
    const found = this.detailOf(orderId, then - lag);
    // A canceled order may come without its dishes: then it is no half answer.
    return { ok: true, detail: answer === 'dishless' && found.status !== 'CANCELED' ? { ...found, items: [] } : found };
  }

  detailOf(orderId: string, revision: number): OrderDetail {
    const status = this.#truth.get(orderId)![revision - 1]!;
    // Without a time: an order that is over and was placed long ago opens no tickets, and only one of the two stores
    // goes by today's date.
    return detail(this.script.versions === 'never' ? null : revision, {
      id: orderId,
      status,
      placedAt: null,
      items: [item('l1', { quantity: revision })],
    });
  }

  #send(order: number, revision: number, value: string): void {
    const partition = order % PARTITIONS;
    const log = this.partitions[partition]!;
    const last = log.at(-1)?.record.offset ?? -1;
    const offset = last + 1 + (this.script.gaps && log.length % 3 === 2 ? 2 : 0);
    log.push({
      orderId: orderName(order),
      revision,
      partition,
      record: { offset, key: Buffer.from(orderName(order)), value: Buffer.from(value), headers: { env: APP_ENV } },
    });
  }
}
