// A queue with two ends. An array's shift() moves everything behind it, which a queue of hundreds of thousands cannot
// afford.

export class Queue<T> {
  #items: T[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** The one that came first, which stays; undefined when there is none. */
  get first(): T | undefined {
    return this.#items[this.#head];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** The one that came first. */
  shift(): T | undefined {
    if (!this.size) return undefined;
    const item = this.#items[this.#head];
    this.#head += 1;
    if (this.#head >= 1024 && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** The one that came last. */
  pop(): T | undefined {
    return this.size ? this.#items.pop() : undefined;
  }

  /** Up to `count` from the end given, in the order in which they came. */
  takeMany(count: number, end: 'oldest' | 'newest'): T[] {
    const items: T[] = [];
    while (items.length < count && this.size) items.push((end === 'oldest' ? this.shift() : this.pop()) as T);
    return end === 'oldest' ? items : items.toReversed();
  }
}
