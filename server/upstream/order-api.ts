// The ordering platform's detail API over HTTP. A call is one request at a time: the detail source has the queue and
// the retries.
import { HeardError } from '../errors.ts';
import { parseExactly } from './exact-json.ts';
import { readDetail, type OrderDetail } from './detail.ts';
import type { Part } from '../lib/part.ts';
import { ServiceGet, type ServiceGetOptions } from './service-get.ts';

/** The result for one id. */
export type Fetched = { detail: OrderDetail } | { error: HeardError };

export class OrderApi implements Part {
  readonly #service: ServiceGet;

  constructor(options: ServiceGetOptions) {
    this.#service = new ServiceGet(options);
  }

  stop(): Promise<void> {
    return this.#service.stop();
  }

  /** @throws HeardError */
  async one(orderId: string): Promise<OrderDetail> {
    const { body, ageSeconds } = await this.#service.get(`/orders/${encodeURIComponent(orderId)}`);
    if (body === null) throw new HeardError('ORDER_BEHIND', `${this.#service.service} does not know the order (404)`);
    return readDetail(this.#parse(body), orderId, ageSeconds);
  }

  /**
   * Multi-get. An order that was not found, or cannot be read, fails alone.
   * @throws HeardError when the call as a whole failed
   */
  async many(orderIds: readonly string[]): Promise<Map<string, Fetched>> {
    const { body, ageSeconds } = await this.#service.get(`/orders?ids=${orderIds.map(encodeURIComponent).join(',')}`);
    if (body === null) throw new HeardError('ORDER_API_FAILED', `${this.#service.service} answered 404`);
    const parsed = this.#parse(body) as { orders?: unknown } | null;
    if (!Array.isArray(parsed?.orders))
      throw new HeardError('ORDER_MALFORMED', `${this.#service.service} answered without a list of orders`);
    const byId = new Map(parsed.orders.map((order: { id?: unknown } | null) => [String(order?.id), order]));
    return new Map(
      orderIds.map((id) => [
        id,
        byId.has(id)
          ? readSafely(byId.get(id), id, ageSeconds)
          : { error: new HeardError('ORDER_BEHIND', `${this.#service.service} does not know the order`) },
      ]),
    );
  }

  #parse(body: string): unknown {
    try {
      return parseExactly(body);
    } catch {
      throw new HeardError('ORDER_MALFORMED', `${this.#service.service} answered 200 with a body that is not JSON`);
    }
  }
}

function readSafely(body: unknown, id: string, ageSeconds: number): Fetched {
  try {
    return { detail: readDetail(body, id, ageSeconds) };
  } catch (error) {
    return { error: error as HeardError };
  }
}
