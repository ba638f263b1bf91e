// The offset of one partition that may be committed: the end of the contiguous prefix of messages that have ended, from
// the first one read. Offsets may have gaps (compaction, transaction markers), so messages that were read are counted,
// not numbers.

export class OffsetTracker {
  /** Offsets in the order read; those before #head are committed territory. */
  #offsets: number[] = [];
  #head = 0;
  readonly #ended = new Set<number>();
  #committable: number | null = null;

  /** @throws RangeError when offsets do not grow: the topic is not the one that was being read */
  begin(offset: number): void {
    if (offset <= this.last) throw new RangeError(`offset ${offset} was read after ${this.last}`);
    this.#offsets.push(offset);
  }

  /** The last offset read; -1 before the first. */
  get last(): number {
    return this.#offsets.at(-1) ?? (this.#committable ?? 0) - 1;
  }

  end(offset: number): void {
    this.#ended.add(offset);
    while (this.#head < this.#offsets.length && this.#ended.delete(this.#offsets[this.#head]!)) {
      this.#committable = this.#offsets[this.#head]! + 1;
      this.#head += 1;
    }
    if (this.#head > 4096 && this.#head * 2 > this.#offsets.length) {
      this.#offsets = this.#offsets.slice(this.#head);
      this.#head = 0;
    }
  }

  /** The offset to commit: of the next message to read after a restart. Null when nothing has ended yet. */
  get committable(): number | null {
    return this.#committable;
  }

  /** Messages read that have not ended, or stand behind one that has not. */
  get open(): number {
    return this.#offsets.length - this.#head;
  }
}
