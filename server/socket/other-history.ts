// Screens that hold a board of another history than the database's, and may know more: this process may have begun after
// the database was put back. Each is given the whole board once the topic is read to its end.
import type { ReadAgain } from '../kafka/read-again.ts';
import type { ScreenSocket } from './screen-socket.ts';

export class OtherHistory {
  /** One look at the topic serves all that wait. */
  #caughtUp: Promise<void> | undefined;

  constructor(
    private readonly readAgain: Pick<ReadAgain, 'caughtUp'>,
    private readonly sendBoard: (socket: ScreenSocket) => void,
  ) {}

  makeWait(socket: ScreenSocket): void {
    if (socket.data.waits) return;
    socket.data.waits = true;
    this.#caughtUp ??= this.readAgain.caughtUp().finally(() => {
      this.#caughtUp = undefined;
    });
    void this.#caughtUp.then(() => {
      socket.data.waits = false;
      this.sendBoard(socket);
    });
  }
}
