// Imaginary chefs and waiters, so that the demo's boards do not fill up for ever. They work on tickets that have waited
// for minutes, and leave young ones to visitors of the demo.
import { CrewScreen, type BoardOrder, type BoardTicket, type Command } from './crew-screen.ts';
import type { NewDevice, Operator } from './operator.ts';
import { Chance } from './prng.ts';
import type { Restaurant } from './restaurants/index.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const LOOK_MS = 1000;
const RETRY_MS = 5000;
/**
 * A limit for each look, because a server that just started has other work to do than the commands of a crew of
 * fifteen.
 */
const COMMANDS_A_LOOK = 4;

/**
 * The time that this person lets each ticket wait. It is drawn once for each ticket, so that frequent looks do not
 * shorten it.
 */
class Patience {
  readonly #waits = new Map<string, number>();

  constructor(private readonly chance: Chance) {}

  of(key: string, min: number, max: number): number {
    const wait = this.#waits.get(key);
    if (wait !== undefined) return wait;
    if (this.#waits.size > 20_000) this.#waits.clear();
    const drawn = this.chance.between(min, max);
    this.#waits.set(key, drawn);
    return drawn;
  }
}

/** A chef's commands for a board now, the most urgent first. */
export function* chefsWork(
  orders: Iterable<BoardOrder>,
  stationId: string | undefined,
  now: number,
  patience: Patience,
): Generator<Command> {
  for (const order of orders) {
    for (const ticket of order.tickets) {
      if (ticket.stationId !== stationId || ticket.state === 'closed') continue;
      const age = now - Date.parse(ticket.firedAt);
      const lines = order.lines.filter((line) => line.ticketId === ticket.id);
      const changedAt = [...ticket.notices, ...lines.flatMap(({ flag }) => flag ?? [])].map(({ at }) => Date.parse(at));
      const newest = Math.max(...changedAt);
      if (changedAt.length && now - newest > patience.of(`${ticket.id} ${newest}`, 25 * SECOND, 70 * SECOND))
        yield { kind: 'acknowledge', orderId: order.id, ticketId: ticket.id, seen: order.changedAt };
      if (ticket.state === 'open') yield* cooking(order, ticket, lines, age, patience);
    }
  }
}

function* cooking(
  order: BoardOrder,
  ticket: BoardTicket,
  lines: BoardOrder['lines'],
  age: number,
  patience: Patience,
): Generator<Command> {
  const [first] = lines.filter(({ voided, state }) => !voided && (state === 'waiting' || state === 'cooking'));
  const whole = patience.of(ticket.id, 4 * MINUTE, 9 * MINUTE);
  if (age > whole) yield { kind: 'bump', orderId: order.id, ticketId: ticket.id, seen: order.changedAt };
  else if (
    first &&
    age > 0.8 * whole &&
    lines.length > 1 &&
    patience.of(`${ticket.id} single`, 0, 1) < 0.3 &&
    lines.every(({ state }) => state !== 'ready')
  ) {
    yield { kind: 'bump', orderId: order.id, ticketId: ticket.id, lineIds: [first.id] };
  } else if (first?.state === 'waiting' && age > 0.5 * whole && patience.of(`${ticket.id} starts`, 0, 1) < 0.6) {
    yield {
      kind: 'start',
      orderId: order.id,
      lineIds: lines.filter(({ state }) => state === 'waiting').map(({ id }) => id),
    };
  }
}

export function* waitersWork(orders: Iterable<BoardOrder>, now: number, patience: Patience): Generator<Command> {
  for (const order of orders) {
    const due = order.lines.filter(
      ({ id, state, readyAt }) =>
        state === 'ready' &&
        readyAt &&
        now - Date.parse(readyAt) > patience.of(`${order.id} ${id} ${readyAt}`, MINUTE, 3 * MINUTE),
    );
    if (due.length) yield { kind: 'serve', orderId: order.id, lineIds: due.map(({ id }) => id) };
  }
}

export const patienceOf = (seed: number) => new Patience(new Chance(seed));

class CrewMember {
  #screen: CrewScreen | undefined;
  #deviceId: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** A command that was refused is not sent again at once. */
  readonly #later = new Map<string, number>();
  readonly #patience: Patience;

  constructor(
    private readonly operator: Operator,
    private readonly device: NewDevice,
    private readonly allowed: () => boolean,
    seed: number,
    private readonly log: (line: string) => void,
  ) {
    this.#patience = patienceOf(seed);
  }

  get live(): boolean {
    return this.#screen?.live ?? false;
  }

  async start(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const paired = await this.operator.pair(this.device);
      this.#deviceId = paired.id;
      if (this.#stopped) return;
      this.#screen = new CrewScreen(this.operator.url, paired, () => this.#begin());
      this.#workLater();
    } catch (error) {
      this.log(`${this.device.name} cannot come to work yet: ${(error as Error).message}`);
      this.#again(() => this.start(), RETRY_MS);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#screen?.close();
    if (this.#deviceId !== undefined) await this.operator.unpair(this.#deviceId).catch(() => {});
  }

  #begin(): void {
    this.#screen?.close();
    this.#screen = undefined;
    this.#again(() => this.start(), RETRY_MS);
  }

  #again(work: () => Promise<void>, ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void work(), ms);
  }

  #workLater(): void {
    this.#again(async () => {
      const screen = this.#screen;
      if (!screen) return;
      if (screen.live && this.allowed()) await this.#work(screen);
      if (screen === this.#screen) this.#workLater();
    }, LOOK_MS);
  }

  async #work(screen: CrewScreen): Promise<void> {
    const orders = [...screen.orders.values()];
    const now = screen.now();
    const work =
      this.device.role === 'floor'
        ? waitersWork(orders, now, this.#patience)
        : chefsWork(orders, screen.stationId, now, this.#patience);
    let left = COMMANDS_A_LOOK;
    for (const command of work) {
      const key = JSON.stringify(command);
      if ((this.#later.get(key) ?? 0) > now) continue;
      const outcome = await screen.send(command);
      if (outcome !== 'done') this.#later.set(key, now + 30 * SECOND);
      if (--left <= 0) break;
    }
    if (this.#later.size > 1000) this.#later.clear();
  }
}

export class Crew {
  readonly #members: CrewMember[];
  #stopped = false;

  constructor(
    operator: Operator,
    restaurants: Restaurant[],
    allowed: () => boolean,
    seed: number,
    log: (line: string) => void,
  ) {
    const devices = restaurants.flatMap(({ id, name, stations }): NewDevice[] => [
      ...stations.map((station): NewDevice => ({
        name: `Imaginary chef: ${station.name}`,
        restaurantId: id,
        role: 'kitchen',
        station: station.name,
      })),
      { name: `Imaginary waiter: ${name}`, restaurantId: id, role: 'floor' },
    ]);
    this.#members = devices.map((device, i) => new CrewMember(operator, device, allowed, seed + i, log));
  }

  /** The number of crew members that are connected and see their board. */
  get atWork(): number {
    return this.#members.filter(({ live }) => live).length;
  }

  start(): void {
    void (async () => {
      for (const member of this.#members) if (!this.#stopped) await member.start();
    })();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 1500);
    });
    await Promise.race([Promise.all(this.#members.map((member) => member.stop())), bound]);
    clearTimeout(timer);
  }
}
