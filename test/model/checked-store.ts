// A store whose every call is held against the rules.
import type { Rejection } from '../../server/ingest/rejected.ts';
import type { Settlement } from '../../server/settle/settlement.ts';
import { checkClaimed, checkOperated, checkSettled, checkStanding, checkStep, waits } from './rules.ts';
import type { Rows, Store } from './store.ts';

export class CheckedStore implements Store {
  /** Lease -> the row that was to be tried when it was given. */
  readonly #heads = new Map<string, number>();
  #rows: Rows | undefined;

  /**
   * @param revisionOf the revision of its order that a message told of, by the message's place
   * @param count told of each event, so that a test can see which events its histories had
   */
  constructor(
    private readonly inner: Store,
    private readonly versions: boolean,
    private readonly revisionOf: (place: string) => number,
    private readonly count: (what: string) => void = () => {},
  ) {}

  look(orderIds: string[]) {
    return this.inner.look(orderIds);
  }
  settle(settlement: Settlement, process: number) {
    return this.#checked(
      () => this.inner.settle(settlement, process),
      ({ again }, before, after) => {
        checkSettled(settlement, again, before, after, { revisionOf: this.revisionOf, heads: this.#heads });
        this.#countSettled(settlement, before, after);
      },
    );
  }
  claim(free: number, trying: string[]) {
    return this.#checked(
      () => this.inner.claim(free, trying),
      (claims, before, after) => {
        checkClaimed(claims, free, trying, before, after);
        for (const { orderId, token } of claims) {
          this.#heads.set(token, after.parked.find((row) => row.orderId === orderId && waits(row))!.id);
          if (before.lanes.find((lane) => lane.orderId === orderId)!.token)
            this.count('a lease that ran out is taken over');
        }
      },
    );
  }
  keep(rejection: Rejection) {
    return this.#checked(
      () => this.inner.keep(rejection),
      () => {},
    );
  }
  operate(says: 'retry' | 'discard', id: number) {
    return this.#checked(
      () => this.inner.operate(says, id),
      (_, before, after) => checkOperated(says, id, before, after),
    );
  }
  async passTime() {
    this.#rows = undefined;
    await this.inner.passTime();
  }
  async rows() {
    return (this.#rows ??= await this.inner.rows());
  }

  #countSettled({ orderId, lease }: Settlement, before: Rows, after: Rows): void {
    const lane = before.lanes.find((one) => one.orderId === orderId);
    if (lease)
      this.count(
        lane?.token === lease.token
          ? lane.leased
            ? 'a try'
            : 'a try whose lease ran out'
          : 'a try that has lost its lease',
      );
    else if (after.history.length === before.history.length && after.parked.length === before.parked.length)
      this.count('arrivals that were settled already, or are to be looked at again');
    else if (lane?.parked) this.count('arrivals that wait behind others');
  }

  async #checked<T>(call: () => Promise<T>, rule: (result: T, before: Rows, after: Rows) => void): Promise<T> {
    const before = await this.rows();
    const result = await call();
    this.#rows = undefined;
    const after = await this.rows();
    checkStep(before, after, this.versions, this.revisionOf);
    checkStanding(after, this.versions);
    rule(result, before, after);
    return result;
  }
}
