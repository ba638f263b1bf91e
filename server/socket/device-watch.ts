// Ends the screens of devices that were revoked, and tells the others which person is signed in on them. It looks at a
// device at a hint, and at all of them once a second.
import type { ScreenAccess } from '../auth/screen-access.ts';
import type { Bus } from '../db/bus.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import type { StaffHere } from '../protocol/views.ts';
import { revoke, send, type ScreenSocket } from './screen-socket.ts';

export interface DeviceWatchDeps {
  bus: Pick<Bus, 'on'>;
  log: Logger;
  access: Pick<ScreenAccess, 'revoked' | 'present'>;
  sockets: () => ScreenSocket[];
}

const LOOK_MS = 1000;

export class DeviceWatch implements Part {
  readonly #rounds = new Rounds({
    everyMs: LOOK_MS,
    work: () => this.#look(this.deps.sockets().map(({ data }) => data.screen.deviceId)),
    watched: () => troublesOf(this.deps.log).watch('devices could not be looked at'),
  });
  #unsubscribe: (() => void)[] = [];

  constructor(private readonly deps: DeviceWatchDeps) {}

  start(): void {
    this.#rounds.start();
    this.#unsubscribe = (['devices', 'people'] as const).map((topic) =>
      this.deps.bus.on(topic, (ids) => void this.#look(ids)),
    );
  }

  stop(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    return this.#rounds.stop();
  }

  async #look(deviceIds: readonly string[]): Promise<void> {
    const { access } = this.deps;
    const here = this.deps
      .sockets()
      .filter(({ data }) => data.watched === null && deviceIds.includes(data.screen.deviceId));
    if (!here.length) return;
    const ids = [...new Set(here.map(({ data }) => data.screen.deviceId))];
    const [revoked, present] = await Promise.all([access.revoked(ids), access.present(ids)]).catch(
      (): [string[], null] => [[], null],
    );
    for (const socket of here) {
      const { deviceId } = socket.data.screen;
      if (revoked.includes(deviceId)) revoke(socket);
      else if (present) tellPresent(socket, present.get(deviceId) ?? { person: null, offered: false });
    }
  }
}

/** Only where that changed. */
function tellPresent(socket: ScreenSocket, here: StaffHere): void {
  const present = `${here.offered} ${here.person?.id} ${here.person?.name}`;
  if (socket.data.present === present) return;
  socket.data.present = present;
  send(socket, { type: 'staff', here });
}
