// Estimates when a server that is behind will have caught up, from the rate at which its waiting messages have become
// fewer. While their number grows, or stays, there is no estimate.

interface Sample {
  readonly at: number;
  readonly messages: number;
}

/** The rate is taken over this time. */
const OVER_MS = 20_000;
/** Samples over less time give no estimate, and neither does a wait of more than an hour. */
const LEAST_MS = 4000;
const MOST_S = 3600;

export class CatchUp {
  #samples: Sample[] = [];

  /** @param at the server's time of this lag, in ms */
  hear(at: number, lag: { readonly messages: number } | null): void {
    if (!lag || lag.messages === 0) {
      this.#samples = [];
      return;
    }
    const last = this.#samples.at(-1);
    if (last && at <= last.at) return;
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= OVER_MS), { at, messages: lag.messages }];
  }

  /** The seconds until no message waits, at the current rate; null where that cannot be told. */
  get seconds(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at - first.at < LEAST_MS) return null;
    const perSecond = ((first.messages - last.messages) / (last.at - first.at)) * 1000;
    if (perSecond <= 0) return null;
    const seconds = Math.ceil(last.messages / perSecond);
    return seconds > MOST_S ? null : seconds;
  }
}
