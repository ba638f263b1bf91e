// How much one socket may ask for. A message over the limit is answered at once and costs next to nothing; a screen
// sends it again, a flood ends its own socket. The bursts are for a tablet that comes back after an hour without network, with
// all the taps of that hour.
import type { ClientMessage } from '../protocol/messages.ts';

/** So many at once, then so many a second. */
interface Rate {
  burst: number;
  perSecond: number;
}

const ALL: Rate = { burst: 600, perSecond: 100 };
const RATES: Record<ClientMessage['type'], Rate> = {
  command: { burst: 400, perSecond: 50 },
  shown: { burst: 20, perSecond: 5 },
  /** Each may read a whole board. */
  subscribe: { burst: 12, perSecond: 1 },
  find: { burst: 8, perSecond: 1 },
  dishes: { burst: 8, perSecond: 1 },
};
/** So many messages over the limit are no screen's. */
const FLOOD = 2000;

/** @internal exported for its test */
export class Bucket {
  #tokens: number;
  #at: number | undefined;

  constructor(private readonly rate: Rate) {
    this.#tokens = rate.burst;
  }

  /** @param now in ms, of a clock that only goes forward */
  take(now: number): boolean {
    this.#tokens = Math.min(this.rate.burst, this.#tokens + ((now - (this.#at ?? now)) / 1000) * this.rate.perSecond);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

export class SocketLimits {
  readonly #all = new Bucket(ALL);
  readonly #byType = new Map(Object.entries(RATES).map(([type, rate]) => [type, new Bucket(rate)]));
  #over = 0;

  /** Asked before the message is looked at. */
  mayRead(now = performance.now()): boolean {
    return this.#counted(this.#all.take(now));
  }

  maySend(type: ClientMessage['type'], now = performance.now()): boolean {
    return this.#counted(this.#byType.get(type)!.take(now));
  }

  get isFlood(): boolean {
    return this.#over > FLOOD;
  }

  #counted(allowed: boolean): boolean {
    if (!allowed) this.#over += 1;
    return allowed;
  }
}
