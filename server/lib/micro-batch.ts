// Gathers the items that come in while the last batch is being worked on: a busy moment makes larger batches, and at a
// quiet one no item waits.

export interface MicroBatchOptions<In> {
  maxSize: number;
  /**
   * The weight of an item, and how much a batch may weigh in all; an item that weighs more than that has a batch of its
   * own.
   */
  weightOf?: (item: In) => number;
  maxWeight?: number;
  /** Batches under way at once. */
  width: number;
  /** Items with the same key never share a batch, nor run at once. */
  keyOf: (item: In) => string;
}

interface Waiting<In, Out> {
  item: In;
  resolve: (out: Out) => void;
  reject: (error: unknown) => void;
}

/** `work` answers one result for each item, in their order; an error of it fails each item of its batch. */
export class MicroBatch<In, Out> {
  #queue: Waiting<In, Out>[] = [];
  /** All before it in the queue was taken. */
  #head = 0;
  #running = 0;
  #scheduled = false;
  readonly #busyKeys = new Set<string>();

  constructor(
    private readonly work: (items: In[]) => Promise<Out[]>,
    private readonly options: MicroBatchOptions<In>,
  ) {}

  get waiting(): number {
    return this.#queue.length - this.#head;
  }

  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  /** One turn later, so that items that are added together travel together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running < this.options.width && this.waiting) {
      const batch = this.#take();
      if (!batch.length) return;
      this.#running += 1;
      void this.#run(batch);
    }
  }

  /**
   * The oldest that are free; those that are not stay in their places, before all others. Costs as much as it takes,
   * however many wait.
   */
  #take(): Waiting<In, Out>[] {
    const batch: Waiting<In, Out>[] = [];
    const busy: Waiting<In, Out>[] = [];
    const { maxSize, weightOf = () => 1, maxWeight = Infinity } = this.options;
    let weight = 0;
    while (batch.length < maxSize && this.#head < this.#queue.length) {
      const entry = this.#queue[this.#head]!;
      const key = this.options.keyOf(entry.item);
      if (this.#busyKeys.has(key)) {
        busy.push(entry);
        this.#head += 1;
        continue;
      }
      weight += weightOf(entry.item);
      if (batch.length && weight > maxWeight) break;
      this.#head += 1;
      this.#busyKeys.add(key);
      batch.push(entry);
    }
    for (const entry of busy.toReversed()) this.#queue[(this.#head -= 1)] = entry;
    if (this.#head >= 1024 && this.#head * 2 >= this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return batch;
  }

  async #run(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      for (const { item } of batch) this.#busyKeys.delete(this.options.keyOf(item));
      this.#running -= 1;
      this.#pump();
    }
  }
}
