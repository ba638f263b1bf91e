// Screens that hold a board of another history than the database's, and may know more: this process may have begun after
// the database was put back. Each keeps its board, is sent nothing else whatever asks for it, and is given the whole
// board once the topic is read to its end.
import type { ReadAgain } from '../kafka/read-again.ts';
import type { ScreenSocket } from './screen-socket.ts';

export class OtherHistory {
  /** One look at the topic serves all that wait. */
  #caughtUp: Promise<void> | undefined;

  constructor(
    private readonly readAgain: Pick<ReadAgain, 'caughtUp' | 'held'>,
    private readonly sendBoard: (socket: ScreenSocket) => void,
  ) {}

  /** The database shows the past, to all screens or to this one. */
  showsPast({ data }: ScreenSocket): boolean {
    return this.readAgain.held || data.waits;
  }

  /**
   * Whether the database may lack what this screen knows. A screen that comes back sends its taps right after the place
   * of its board: until that is compared, nobody can say.
   */
  async mayLack(socket: ScreenSocket): Promise<boolean> {
    const { audience, subscribing } = socket.data;
    if (!socket.rooms.has(audience.room)) await subscribing?.catch(() => {});
    return this.showsPast(socket);
  }

  makeWait(socket: ScreenSocket): void {
    if (socket.data.waits) return;
    socket.data.waits = true;
    void socket.leave(socket.data.audience.room);
    this.#caughtUp ??= this.readAgain.caughtUp().finally(() => {
      this.#caughtUp = undefined;
    });
    void this.#caughtUp.then(() => {
      socket.data.waits = false;
      this.sendBoard(socket);
    });
  }
}
