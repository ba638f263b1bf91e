// The one store of a screen: feeds the reducer, watches that the server confirms what is shown and that the page draws
// it, and sends taps. React reads `view()`, which changes only when something shown does; the passing of time is told
// apart, by `subscribeTicks`.
import type { Command, CommandResult } from '../../../server/protocol/commands.ts';
import { PROTOCOL_VERSION, ServerMessage, type ClientMessage } from '../../../server/protocol/messages.ts';
import type { ScreenIdentity } from '../../../server/protocol/views.ts';
import { Audience } from '../board/audience.ts';
import { emptyBoard, reduce, sameBoard, type BoardState } from '../board/board-state.ts';
import { Overlay, sameView, type BoardView } from './board-view.ts';
import { CatchUp } from './catch-up.ts';
import { CommandQueue, type CommandRequest } from './command-queue.ts';
import {
  causeOf,
  connectionOf,
  doubtOf,
  rightAsOf,
  step,
  type ConnectionEvent,
  type ConnectionState,
} from '../connection/connection-machine.ts';
import type { ShownTicket } from '../page/draw-watch.ts';
import { Keeping } from '../offline/keeping.ts';
import { noticeOf, Notices, type Notice } from './notices.ts';
import { Pace, restOf } from './pace.ts';
import { PageWatch } from '../page/page-watch.ts';
import { QuietReload } from '../page/quiet-reload.ts';
import { ServerClock } from '../connection/server-clock.ts';
import { ServerLink } from '../connection/server-link.ts';
import { Ticks } from './ticks.ts';
import { uuid } from './uuid.ts';
import { listenForWaking } from '../page/waking.ts';

const STALE_MS = 2500;
const BEHIND_MS = 1500;
const WATCH_MS = 250;

export class BoardStore {
  readonly #clock = new ServerClock();
  readonly #overlay = new Overlay();
  readonly #notices = new Notices();
  readonly #catchUp = new CatchUp();
  readonly #ticks = new Ticks(this.#clock);
  readonly #page = new PageWatch(WATCH_MS, (rev, ticketIds) => this.#link.tell({ type: 'shown', rev, ticketIds }));
  readonly #reload = new QuietReload(() => this.#keeping.taps !== null || this.#queue.pending.length === 0);
  readonly #audience = new Audience();
  readonly #link = new ServerLink({
    opened: () => this.#opened(),
    dropped: () => this.#dropped(),
    refused: (reason) => this.#refused(reason),
    message: (raw) => this.#receive(raw),
  });
  readonly #pace = new Pace((atOnce) => this.#draw(atOnce));
  readonly #keeping: Keeping;
  readonly #queue: CommandQueue;
  #state: BoardState;
  #connection: ConnectionState = 'connecting';
  #view: BoardView;
  #slow = false;
  /** The server's time of the last confirmation while all was well. */
  #liveUntil: number | null = null;
  #refusal: string | null = null;
  // Monotonic times, null where the thing is not so now.
  #confirmedAt: number | null = null;
  #divergedAt: number | null = null;
  #askedAt: number | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  #stopListening = () => {};

  constructor(screen: ScreenIdentity) {
    this.#state = emptyBoard(screen);
    this.#keeping = new Keeping(screen, () => this.#publish());
    this.#queue = new CommandQueue({
      post: (command) => this.#link.ask({ type: 'command', command }),
      changed: (atOnce) => (atOnce ? this.#publish() : this.#publishSoon()),
      decided: ({ command, at }, result) => this.#decided(command, at, result),
      kept: this.#keeping.taps,
    });
    this.#view = {
      ...this.#state,
      connection: 'stale',
      cause: { kind: 'connecting' },
      rightAsOf: null,
      backIn: null,
      restored: null,
      slow: false,
      quick: true,
      motion: true,
      pending: [],
      messages: [],
    };
  }

  start(): void {
    if (this.#link.started) return;
    this.#confirmedAt = performance.now();
    void this.#queue.adopt().then((lost) => lost && this.tell({ tone: 'warning', stays: true, lostTaps: lost }));
    this.#keeping.start();
    this.#link.start({ protocolVersion: PROTOCOL_VERSION, deviceId: this.#state.screen?.deviceId ?? '' });
    this.#stopListening = listenForWaking({ woke: () => this.#wake(), lost: () => this.#link.reconnect() });
    this.#watch = setInterval(() => this.#look(), WATCH_MS);
    this.#reload.start();
    this.#ticks.start();
  }

  stop(): void {
    this.#stopListening();
    clearInterval(this.#watch);
    for (const part of [this.#reload, this.#keeping, this.#ticks, this.#link, this.#pace]) part.stop();
    this.#queue.setOpen(false);
  }

  readonly subscribe = this.#audience.subscribe;

  readonly view = (): BoardView => this.#view;

  /** Called once a second of the server's time; all clocks of a screen turn over together. */
  readonly subscribeTicks = this.#ticks.subscribe;

  /** The server's time at the last tick; 0 while it is not known. */
  readonly tick = this.#ticks.now;

  now(): number {
    return this.#clock.now();
  }

  /**
   * Shows what the tap will do at once, sends it now or when the server is back, and takes it off again if it was not
   * carried out.
   */
  send(request: CommandRequest): Promise<CommandResult> {
    const personId = this.#state.staff?.person?.id;
    const seen =
      request.kind === 'bump' || request.kind === 'acknowledge'
        ? this.#view.orders.get(request.orderId)?.changedAt
        : undefined;
    return this.#queue.add(
      { ...(personId !== undefined && { personId }), ...(seen !== undefined && { seen }), ...request, id: uuid() },
      new Date(this.now()).toISOString(),
    );
  }

  /** Sends a message and waits for its answer. @throws Error where none comes within 5 s */
  ask(message: ClientMessage): Promise<unknown> {
    return this.#link.ask(message);
  }

  tell(message: Notice): void {
    this.#notices.tell(message);
    this.#publish();
  }

  dismiss(id: string): void {
    this.#notices.dismiss(id);
    this.#publish();
  }

  /**
   * The screen has put these tickets into the document, or counts them as not in view: confirmed once they are drawn.
   */
  show(tickets: readonly ShownTicket[]): void {
    this.#page.drawing.show(tickets);
  }

  /** The document is that of this view. */
  inDocument(view: BoardView): void {
    if (!view.restored) this.#page.drawing.inDocument(view.rev);
    if (view === this.#view) this.#pace.drawn(this.#page.drawing.usualLag);
  }

  #receive(raw: unknown): void {
    const parsed = ServerMessage.safeParse(raw);
    if (!parsed.success) return this.#unreadable(raw);
    const message = parsed.data;
    this.#reload.understood(message);
    if (message.type === 'revoked') return this.#end('revoked');
    if (message.type === 'staff') {
      this.#state = reduce(this.#state, message).state;
      return this.#publish();
    }
    const timeless = !this.#clock.known;
    if (message.type !== 'pulse' || message.health.database === 'ok') this.#clock.hear(message.serverTime);
    if (timeless) this.#ticks.start();
    const before = this.#state;
    if (message.type === 'welcome' && before.screen && !sameBoard(before.screen, message.screen)) this.#forget();
    const { state, gap } = reduce(before, message);
    this.#state = state;
    if (message.type === 'welcome') this.#welcomed(message);
    else if (message.type === 'pulse') this.#catchUp.hear(Date.parse(message.serverTime), message.health.lag);
    else this.#askedAt = gap ? this.#askedAt : null;
    if (message.type === 'redelivery')
      this.#page.drawing.tellAgain(message.orders.flatMap(({ tickets }) => tickets.map(({ id }) => id)));
    if (gap) this.#ask();
    if (state.rev !== before.rev) this.#queue.reached(state.rev);
    this.#judge(state.confirmedAt !== before.confirmedAt);
  }

  /**
   * A message that this page does not know may have carried an order: ask for the board again, and suspect that the
   * page is old.
   */
  #unreadable(raw: unknown): void {
    const message = raw as { type?: unknown; protocolVersion?: unknown; build?: unknown } | null;
    if (message?.type === 'welcome' && typeof message.protocolVersion === 'number')
      return this.#welcomed({ protocolVersion: message.protocolVersion });
    if (this.#reload.misunderstood()) this.#go('outdated');
    this.#ask();
  }

  #welcomed({ protocolVersion, build }: { protocolVersion: number; build?: string | undefined }): void {
    if (this.#reload.welcomed(protocolVersion, build)) this.#go('outdated');
    this.#askedAt = null;
    this.#page.drawing.tellAgain();
    this.#ask();
    this.#queue.setOpen(true);
    void this.#queue.adopt();
  }

  /** Asks for what changed since the rev held; one question at a time. */
  #ask(rev = this.#state.rev): void {
    if (this.#askedAt !== null && performance.now() - this.#askedAt < BEHIND_MS) return;
    if (this.#link.tell({ type: 'subscribe', rev })) this.#askedAt = performance.now();
  }

  #opened(): void {
    this.#askedAt = null;
    this.#refusal = null;
    this.#go('opened');
  }

  #dropped(): void {
    this.#divergedAt = null;
    this.#queue.setOpen(false);
    this.#keeping.giveUpWaiting();
    this.#go('dropped');
  }

  #refused(reason: string): void {
    this.#refusal = reason;
    if (reason === 'revoked' || reason === 'not-paired') this.#end(reason);
    else this.#publish();
  }

  #end(how: 'revoked' | 'not-paired'): void {
    this.#state = emptyBoard(null);
    this.#forget();
    this.#go(how);
    this.stop();
  }

  /** Who is here now may see nothing of what was before, and sends nothing of it. */
  #forget(): void {
    this.#notices.clear();
    this.#liveUntil = null;
    void this.#queue.clear();
    this.#keeping.forget();
  }

  /** The device woke, or its network came back. */
  #wake(): void {
    if (this.#link.doubt()) this.#ask();
  }

  #look(): void {
    const now = performance.now();
    const passed = (since: number | null, limit: number) => since !== null && now - since > limit;
    const page = this.#page.look(now);
    if (page.stuck) this.#reload.now();
    if (page.slept) this.#wake();
    if (page.slow !== this.#slow) {
      this.#slow = page.slow;
      this.#publish();
    }
    this.#link.check(now);
    if (passed(this.#confirmedAt, STALE_MS)) this.#go('silent');
    if (passed(this.#divergedAt, BEHIND_MS)) {
      this.#divergedAt = now;
      // A server whose newest change is older than ours has another history than the one we hold: only a snapshot is
      // right.
      this.#ask((this.#state.headRev ?? 0) < (this.#state.rev ?? 0) ? null : this.#state.rev);
    }
  }

  #judge(confirmed: boolean): void {
    const { rev, headRev, health } = this.#state;
    const diverged = headRev !== null && headRev !== rev;
    this.#divergedAt = diverged ? (this.#divergedAt ?? performance.now()) : null;
    if (confirmed) this.#confirmedAt = performance.now();
    if (doubtOf(health)) this.#go('doubted');
    else if (confirmed && health) this.#go('confirmed');
    else this.#publishSoon();
  }

  #go(event: ConnectionEvent): void {
    const before = this.#connection;
    this.#connection = step(before, event);
    if (event === 'outdated') this.#reload.want();
    if (this.#connection === before) this.#publishSoon();
    else this.#publish();
  }

  /** What a person did, or has to know at once; `#publishSoon` is for what the server sends, again and again. */
  readonly #publish = (): void => this.#pace.now();
  readonly #publishSoon = (): void => this.#pace.soon();

  #decided(command: Command, at: string, result: CommandResult): void {
    const notice = noticeOf(command, at, result, this.#state.orders, this.now());
    if (notice) this.tell(notice);
  }

  /** @returns whether there is anything new to be put into the document */
  #draw(atOnce: boolean): boolean {
    const state = this.#state;
    const cause = causeOf(this.#connection, state.health, navigator.onLine, this.#refusal);
    if (this.#connection === 'live') this.#liveUntil = state.confirmedAt;
    const kept = state.rev === null ? this.#keeping.shown : null;
    if (kept && !this.#clock.known) this.#clock.guess(kept.serverAhead, kept.rightAsOf);
    const connection = connectionOf(this.#connection);
    const { pending } = this.#queue;
    const by = state.screen?.person?.name ?? state.screen?.deviceName ?? null;
    const stationId = state.screen?.station?.id ?? null;
    const facts = kept?.facts ?? state.facts;
    const next = sameView(this.#view, {
      ...state,
      ...(kept && { rev: kept.rev }),
      facts: this.#overlay.layFacts(facts, pending, by),
      orders: this.#overlay.lay(kept?.orders ?? state.orders, pending, { by, stationId, facts }),
      connection: kept && connection === 'live' ? 'stale' : connection,
      cause,
      rightAsOf: kept ? kept.rightAsOf : rightAsOf(cause, state.confirmedAt, this.#liveUntil),
      backIn: cause?.kind === 'behind' ? this.#catchUp.seconds : null,
      restored: kept,
      slow: this.#slow,
      quick: restOf(this.#page.drawing.usualLag) === 0,
      motion: this.#page.drawing.calm,
      pending,
      messages: this.#notices.all,
    });
    if (state.rev !== null)
      this.#keeping.keep(() => ({
        state: this.#state,
        rightAsOf: this.#view.rightAsOf,
        serverAhead: this.#clock.ahead,
      }));
    if (next === this.#view) return false;
    if (next.rev !== this.#view.rev && !kept) this.#page.drawing.published(next.rev);
    this.#view = next;
    this.#audience.tell(atOnce);
    return true;
  }
}
