// Work that is done again and again, one round at a time: while one lasts, as where the database is slow, none pile up
// behind it.

export class Rounds {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  /**
   * @param everyMs from the beginning of a round to the next one @param onError told why a round failed; the next one
   * comes all the same
   */
  constructor(
    private readonly work: () => Promise<unknown>,
    private readonly everyMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The first round comes after `everyMs`. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.work()
        .then(() => {}, this.onError)
        .finally(() => {
          this.#running = undefined;
        });
    }, this.everyMs);
  }

  /** Begins no more, and waits for the round that is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
