// The one store of a screen. It feeds the reducer with the server's messages, publishes views of the board, and sends
// taps. It also watches that the server confirms the board and that the page draws it. React reads `view()`, which
// changes only when something visible does. The passing of time is told apart, by `subscribeTicks`.
import type { Command, CommandResult } from '../../../server/protocol/commands.ts';
import { PROTOCOL_VERSION, ServerMessage, type ClientMessage } from '../../../server/protocol/messages.ts';
import type { ScreenIdentity } from '../../../server/protocol/views.ts';
import { emptyBoard, reduce, sameBoard, type BoardState } from '../board/board-state.ts';
import { ViewListeners } from '../board/view-listeners.ts';
import type { ConnectionEvent } from '../connection/connection-machine.ts';
import { ServerClock } from '../connection/server-clock.ts';
import { ServerLink } from '../connection/server-link.ts';
import { DeviceStorage } from '../offline/device-storage.ts';
import type { ShownTicket } from '../page/draw-watch.ts';
import { PageWatch } from '../page/page-watch.ts';
import { QuietReload } from '../page/quiet-reload.ts';
import { listenForWaking } from '../page/waking.ts';
import { firstView, Overlay, sameView, type BoardView } from './board-view.ts';
import { CatchUp } from './catch-up.ts';
import { CommandQueue, type CommandRequest } from './command-queue.ts';
import { noticeOf, Notices, type Notice } from './notices.ts';
import { Pace, restOf } from './pace.ts';
import { Resync, WHOLE } from './resync.ts';
import { Ticks } from './ticks.ts';
import { Trust } from './trust.ts';
import { uuid } from './uuid.ts';

const CHECK_MS = 250;

export class BoardStore {
  readonly #clock = new ServerClock();
  readonly #overlay = new Overlay();
  readonly #notices = new Notices();
  readonly #catchUp = new CatchUp();
  readonly #trust = new Trust();
  readonly #ticks = new Ticks(this.#clock);
  readonly #page = new PageWatch(CHECK_MS, (rev, ticketIds) => this.#link.tell({ type: 'shown', rev, ticketIds }));
  readonly #reload = new QuietReload(() => this.#storage.taps !== null || this.#queue.pending.length === 0);
  readonly #listeners = new ViewListeners();
  readonly #link = new ServerLink({
    opened: () => {
      this.#resync.close();
      this.#apply('opened');
    },
    dropped: () => this.#dropped(),
    refused: (reason) => this.#refused(reason),
    message: (raw) => this.#receive(raw),
  });
  readonly #resync = new Resync((from) => this.#link.tell({ type: 'subscribe', ...from }));
  readonly #pace = new Pace((atOnce) => this.#draw(atOnce));
  readonly #storage: DeviceStorage;
  readonly #queue: CommandQueue;
  #state: BoardState;
  #view: BoardView;
  #slow = false;
  #checks: ReturnType<typeof setInterval> | undefined;
  #stopListening = () => {};

  constructor(screen: ScreenIdentity) {
    this.#state = emptyBoard(screen);
    this.#view = firstView(this.#state);
    this.#storage = new DeviceStorage(screen, () => this.#publish());
    this.#queue = new CommandQueue({
      post: (command) => this.#link.ask({ type: 'command', command }),
      changed: (atOnce) => (atOnce ? this.#publish() : this.#publishSoon()),
      decided: ({ command, at }, result) => this.#decided(command, at, result),
      storage: this.#storage.taps,
      notStored: () => this.#warnOfUnstoredTaps(),
    });
  }

  /** While the server decides taps at once there is nothing to warn of. */
  #warnOfUnstoredTaps(): void {
    if (this.#view.connection === 'live' || this.#notices.all.some((message) => 'unstoredTaps' in message)) return;
    this.tell({ tone: 'warning', stays: true, unstoredTaps: true });
  }

  start(): void {
    if (this.#link.started) return;
    this.#trust.start();
    void this.#queue.adopt().then((lost) => lost && this.tell({ tone: 'warning', stays: true, lostTaps: lost }));
    this.#storage.start();
    this.#link.start({ protocolVersion: PROTOCOL_VERSION, deviceId: this.#state.screen?.deviceId ?? '' });
    this.#stopListening = listenForWaking({ woke: () => this.#wake(), lost: () => this.#link.reconnect() });
    this.#checks = setInterval(() => this.#check(), CHECK_MS);
    this.#reload.start();
    this.#ticks.start();
  }

  stop(): void {
    this.#stopListening();
    clearInterval(this.#checks);
    for (const part of [this.#reload, this.#storage, this.#ticks, this.#link, this.#pace]) part.stop();
    this.#queue.setOpen(false);
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly view = (): BoardView => this.#view;

  /** Called once a second of the server's time; all clocks of a screen turn over together. */
  readonly subscribeTicks = this.#ticks.subscribe;

  /** The server's time at the last tick; 0 while it is not known. */
  readonly tick = this.#ticks.now;

  now(): number {
    return this.#clock.now();
  }

  /**
   * Shows the tap's likely result at once, and sends the tap now or when the server is back. The result goes again where
   * the server does not carry it out.
   */
  send(request: CommandRequest): Promise<CommandResult> {
    const personId = this.#state.staff?.person?.id;
    const seen =
      request.kind === 'bump' || request.kind === 'acknowledge' || request.kind === 'see-allergy'
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
   * The screen has put these tickets into the document, or counts them as not in view. They are confirmed to the server
   * once they are drawn.
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
    const timeless = !this.#clock.isSet;
    if (message.type !== 'pulse' || message.health.database === 'ok') this.#clock.hear(message.serverTime);
    if (timeless) this.#ticks.start();
    const before = this.#state;
    if (message.type === 'welcome' && before.screen && !sameBoard(before.screen, message.screen)) this.#forget();
    const { state, gap } = reduce(before, message);
    this.#state = state;
    if (message.type === 'welcome') this.#welcomed(message);
    else if (message.type === 'pulse') this.#catchUp.hear(Date.parse(message.serverTime), message.health.lag);
    else if (!gap) this.#resync.close();
    if (message.type === 'redelivery')
      this.#page.drawing.tellAgain(message.orders.flatMap(({ tickets }) => tickets.map(({ id }) => id)));
    if (gap) this.#resync.ask(state);
    if (state.rev !== before.rev) this.#queue.reached(state.rev);
    const event = this.#trust.judge(state, state.confirmedAt !== before.confirmedAt);
    if (event) this.#apply(event);
    else this.#publishSoon();
  }

  /**
   * A message that this page does not know may have carried an order. So the page asks for the board again, and suspects
   * that it is old itself.
   */
  #unreadable(raw: unknown): void {
    const message = raw as { type?: unknown; protocolVersion?: unknown; build?: unknown } | null;
    if (message?.type === 'welcome' && typeof message.protocolVersion === 'number')
      return this.#welcomed({ protocolVersion: message.protocolVersion });
    if (this.#reload.misunderstood()) this.#outdated();
    this.#resync.ask(this.#state);
  }

  #welcomed({ protocolVersion, build }: { protocolVersion: number; build?: string | undefined }): void {
    if (this.#reload.welcomed(protocolVersion, build)) this.#outdated();
    this.#page.drawing.tellAgain();
    this.#resync.close();
    this.#resync.ask(this.#state);
    this.#queue.setOpen(true);
    void this.#queue.adopt();
  }

  #dropped(): void {
    this.#queue.setOpen(false);
    this.#storage.restoreNow();
    this.#apply('dropped');
  }

  #refused(reason: string): void {
    this.#trust.refused(reason);
    if (reason === 'revoked' || reason === 'not-paired') this.#end(reason);
    else this.#publish();
  }

  #outdated(): void {
    this.#reload.want();
    this.#apply('outdated');
  }

  #end(how: 'revoked' | 'not-paired'): void {
    this.#state = emptyBoard(null);
    this.#forget();
    this.#apply(how);
    this.stop();
  }

  /** Another identity is here now: it may see no data of the former one, and sends none of its taps. */
  #forget(): void {
    this.#notices.clear();
    this.#trust.forget();
    void this.#queue.clear();
    this.#storage.forget();
  }

  /** The device woke, or its network came back. */
  #wake(): void {
    if (this.#link.doubt()) this.#resync.ask(this.#state);
  }

  #check(): void {
    const now = performance.now();
    const page = this.#page.check(now);
    if (page.stuck) this.#reload.now();
    if (page.slept) this.#wake();
    if (page.slow !== this.#slow) {
      this.#slow = page.slow;
      this.#publish();
    }
    this.#link.check(now);
    if (this.#trust.isSilent(now)) this.#apply('silent');
    // A server whose newest change is older than ours has another history than ours: only a snapshot is right.
    if (this.#trust.isBehind(now))
      this.#resync.ask((this.#state.headRev ?? 0) < (this.#state.rev ?? 0) ? WHOLE : this.#state);
  }

  #apply(event: ConnectionEvent): void {
    if (this.#trust.apply(event)) this.#publish();
    else this.#publishSoon();
  }

  /** For a person's own action, and for news that cannot wait; `#publishSoon` is for the stream of the server's changes. */
  readonly #publish = (): void => this.#pace.now();
  readonly #publishSoon = (): void => this.#pace.soon();

  #decided(command: Command, at: string, result: CommandResult): void {
    if (result.outcome === 'refused' && result.why.code === 'answer-unreadable') this.#reload.want();
    const notice = noticeOf(command, at, result, this.#state.orders, this.now());
    if (notice) this.tell(notice);
  }

  /** @returns whether the view has changed */
  #draw(atOnce: boolean): boolean {
    const state = this.#state;
    const restored = state.rev === null ? this.#storage.restored : null;
    const trust = this.#trust.view(state, restored);
    if (restored && !this.#clock.isSet) this.#clock.guess(restored.serverAhead, restored.rightAsOf);
    const { pending } = this.#queue;
    const next = sameView(this.#view, {
      ...state,
      ...(restored && { rev: restored.rev }),
      ...this.#overlay.over(restored ?? state, pending, state.screen),
      ...trust,
      backIn: trust.cause?.kind === 'behind' ? this.#catchUp.seconds : null,
      restored,
      slow: this.#slow,
      quick: restOf(this.#page.drawing.usualLag) === 0,
      motion: this.#page.drawing.calm,
      pending,
      messages: this.#notices.all,
    });
    if (state.rev !== null)
      this.#storage.storeBoard(() => ({
        state: this.#state,
        rightAsOf: this.#view.rightAsOf,
        serverAhead: this.#clock.ahead,
      }));
    if (next === this.#view) return false;
    if (next.rev !== this.#view.rev && !restored) this.#page.drawing.published(next.rev);
    this.#view = next;
    this.#listeners.tell(atOnce);
    return true;
  }
}
