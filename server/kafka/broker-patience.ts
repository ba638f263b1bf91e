// Ends a connection whose broker has stopped answering. KafkaJS gives up the request and keeps the connection: one that
// a firewall dropped without a word, or a broker that hangs, holds up every later request on it. And it turns to the
// next broker of its list for errors of connections alone. Each error names the host and port.
import type { Socket } from 'node:net';

/** All in ms. Below the time-outs of connection.ts, so that these errors come first. */
const CONNECT_MS = 1900;
const FIRST_ANSWER_MS = 4000;
const ANSWER_MS = 8000;
/** The group's coordinator answers these when all members have joined: longer than a rebalance may last. */
const JOIN_MS = 30_000;
/** An answer may have come while this process stood still. */
const GRACE_MS = 100;
const JOIN_GROUP = 11;
const SYNC_GROUP = 14;

export class BrokerPatience {
  /** How long each request that is not answered may take. A broker answers in the order of the requests. */
  readonly #waiting: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #answered = false;

  constructor(
    private readonly socket: Socket,
    private readonly peer: string,
  ) {
    const write = socket.write.bind(socket) as (...values: unknown[]) => boolean;
    socket.write = (...values: unknown[]): boolean => {
      this.#wrote(values[0]);
      return write(...values);
    };
    socket.on('close', () => clearTimeout(this.#timer));
    this.#arm(CONNECT_MS, () => `${peer} did not accept a connection within ${CONNECT_MS / 1000} s`);
  }

  /** It can be written to. */
  connected(): void {
    clearTimeout(this.#timer);
  }

  /** @param answers how many are whole now; 0 for a part of one */
  came(answers: number): void {
    this.#answered = true;
    this.#waiting.splice(0, answers);
    this.#wait();
  }

  #wrote(request: unknown): void {
    const key = Buffer.isBuffer(request) && request.length >= 6 ? request.readInt16BE(4) : undefined;
    this.#waiting.push(key === JOIN_GROUP || key === SYNC_GROUP ? JOIN_MS : ANSWER_MS);
    if (this.#waiting.length === 1) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const [patience] = this.#waiting;
    if (patience === undefined) return;
    // A coordinator whose versions are known may be asked to join at once.
    if (this.#answered || patience === JOIN_MS)
      this.#arm(patience, () => `${this.peer} has not answered for ${patience / 1000} s`);
    else this.#arm(FIRST_ANSWER_MS, () => `${this.peer} accepts connections and answers nothing`);
  }

  #arm(ms: number, words: () => string): void {
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.socket.destroy(new Error(words())), GRACE_MS).unref();
    }, ms).unref();
  }
}
