// A TCP proxy that makes the faults of networks and failing machines: it delays, stretches, throttles, freezes, resets,
// refuses, and cuts at a chosen moment. Without a fault it passes bytes on as they come.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type From = 'client' | 'server';
/**
 * The decision about a piece of a connection: pass it on, reset both sides instead, or pass half of it on and then
 * reset both sides.
 */
export type TamperDecision = 'pass' | 'reset' | 'half';
/** Called with each piece of a connection. `memory` belongs to that connection. */
export type Tamper = (from: From, chunk: Buffer, memory: Map<string, unknown>) => TamperDecision;

/** Counts of the faults that took effect: a fault that touched nothing proves nothing. */
export interface Done {
  connections: number;
  refused: number;
  reset: number;
  held: number;
  delayed: number;
  delayedMs: number;
}

const MAX_STRETCH_MS = 5000;
const SLICE_BYTES = 4096;

export class Proxy {
  readonly done: Done = { connections: 0, refused: 0, reset: 0, held: 0, delayed: 0, delayedMs: 0 };
  /** The delay of each piece, in ms. */
  delayMs = 0;
  /** The factor by which answers take longer than they took. */
  stretch = 1;
  bytesPerSecond = Infinity;
  tamper: Tamper | undefined;
  /** Called with each piece from a client, also while there is no fault. */
  observe: ((chunk: Buffer, memory: Map<string, unknown>) => void) | undefined;
  readonly #pairs = new Set<Pair>();
  #server: Server | undefined;
  #port = 0;
  #thawed: Promise<void> | undefined;
  #thaw: (() => void) | undefined;

  /** @param target the port behind the proxy, asked for at each new connection */
  constructor(private readonly target: () => number) {}

  /** The proxy's own port, which stays the same. @throws Error before `listen` */
  get port(): number {
    if (!this.#port) throw new Error('the proxy does not listen');
    return this.#port;
  }

  /** Accepts connections, also again after `refuse`. */
  async listen(): Promise<this> {
    if (this.#server) return this;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  /** As if nothing listened there: open connections are reset and new ones refused, until `listen`. */
  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    this.done.refused += 1;
    this.resetAll();
    await closed;
  }

  /** As if the cable were pulled: connections stay open, and nothing passes. */
  freeze(): void {
    this.#thawed ??= new Promise((resolve) => {
      this.#thaw = resolve;
    });
  }

  thaw(): void {
    this.#thaw?.();
    this.#thawed = undefined;
  }

  resetAll(): void {
    for (const pair of this.#pairs) pair.reset();
  }

  /** Ends all faults. */
  async heal(): Promise<void> {
    this.delayMs = 0;
    this.stretch = 1;
    this.bytesPerSecond = Infinity;
    this.tamper = undefined;
    this.thaw();
    await this.listen();
  }

  async close(): Promise<void> {
    this.thaw();
    await this.refuse();
  }

  /**
   * Resolves when a piece may go on. `cameAt` is its arrival, `passedAt` the departure of the piece before it,
   * `askedAt` the time of the request that it answers.
   */
  async passage(chunk: Buffer, cameAt: number, passedAt: number, askedAt: number | undefined): Promise<void> {
    if (this.#thawed) {
      this.done.held += 1;
      await this.#thawed;
    }
    const took = askedAt === undefined ? 0 : cameAt - askedAt;
    const dueAt = Math.max(
      cameAt + this.delayMs + Math.min(MAX_STRETCH_MS, (this.stretch - 1) * took),
      passedAt + (chunk.length / this.bytesPerSecond) * 1000,
    );
    const wait = dueAt - performance.now();
    if (wait < 1) return;
    this.done.delayed += 1;
    this.done.delayedMs += wait;
    await sleep(wait);
    if (this.#thawed) await this.#thawed;
  }

  /** True while there is no fault and bytes are passed on as they come. */
  get isCalm(): boolean {
    return (
      !this.#thawed && this.delayMs === 0 && this.stretch === 1 && this.bytesPerSecond === Infinity && !this.tamper
    );
  }
  get slice(): number {
    return this.bytesPerSecond === Infinity ? Infinity : SLICE_BYTES;
  }

  #accept(client: Socket): void {
    this.done.connections += 1;
    const upstream = connect({ host: '127.0.0.1', port: this.target(), allowHalfOpen: true, noDelay: true });
    const pair = new Pair(this, client, upstream);
    this.#pairs.add(pair);
    void pair.ended.then(() => this.#pairs.delete(pair));
  }
}

/** One connection: both sides end together. */
class Pair {
  readonly ended: Promise<void>;
  readonly #memory = new Map<string, unknown>();
  #askedAt: number | undefined;
  #over: () => void = () => {};

  constructor(
    private readonly proxy: Proxy,
    private readonly client: Socket,
    private readonly upstream: Socket,
  ) {
    this.ended = new Promise((resolve) => {
      this.#over = resolve;
    });
    this.#carry(client, upstream, 'client');
    this.#carry(upstream, client, 'server');
    for (const socket of [client, upstream]) {
      socket.on('error', () => this.#end());
      socket.on('close', () => this.#end());
    }
  }

  reset(): void {
    if (this.client.destroyed && this.upstream.destroyed) return;
    this.proxy.done.reset += 1;
    this.#end();
  }

  #end(): void {
    for (const socket of [this.client, this.upstream]) if (!socket.destroyed) socket.resetAndDestroy();
    this.#over();
  }

  #carry(source: Socket, target: Socket, from: From): void {
    const queue: { chunk: Buffer | null; at: number }[] = [];
    let busy = false;
    let passedAt = 0;
    const work = async () => {
      if (busy) return;
      busy = true;
      for (let entry = queue.shift(); entry && !target.destroyed; entry = queue.shift()) {
        if (!entry.chunk) {
          target.end();
          continue;
        }
        if (from === 'client') this.proxy.observe?.(entry.chunk, this.#memory);
        for (const piece of slices(entry.chunk, this.proxy.slice)) {
          if (!this.proxy.isCalm && !(await this.#pass(piece, from, entry.at, passedAt, target))) {
            busy = false;
            return;
          }
          passedAt = performance.now();
          if (from === 'client') this.#askedAt = passedAt;
          if (!target.write(piece))
            await new Promise<void>((resolve) => {
              target.once('drain', resolve);
              target.once('close', () => resolve());
            });
        }
      }
      busy = false;
      source.resume();
    };
    const add = (chunk: Buffer | null) => {
      queue.push({ chunk, at: performance.now() });
      // Backpressure: a long queue pauses the source, so that the sender slows down too.
      if (queue.length > 64) source.pause();
      void work();
    };
    source.on('data', add);
    source.on('end', () => add(null));
  }

  /** @returns whether the piece is still to be written */
  async #pass(piece: Buffer, from: From, at: number, passedAt: number, target: Socket): Promise<boolean> {
    await this.proxy.passage(piece, at, passedAt, from === 'server' ? this.#askedAt : undefined);
    if (target.destroyed) return false;
    const verdict = this.proxy.tamper?.(from, piece, this.#memory) ?? 'pass';
    if (verdict === 'pass') return true;
    if (verdict === 'half') target.write(piece.subarray(0, piece.length >> 1), () => this.reset());
    else this.reset();
    return false;
  }
}

function slices(chunk: Buffer, size: number): Buffer[] {
  if (chunk.length <= size) return [chunk];
  return Array.from({ length: Math.ceil(chunk.length / size) }, (_, i) => chunk.subarray(i * size, (i + 1) * size));
}
