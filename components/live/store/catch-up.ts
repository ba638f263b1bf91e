// When a server that is behind will have caught up, as far as its own counts tell: from how fast what waits has grown
// less lately. Where it grows, or stays, nobody knows, and nothing is said.

interface Sample {
  readonly at: number;
  readonly messages: number;
}

const OVER_MS = 20_000;
const LEAST_MS = 4000;
const MOST_S = 3600;

export class CatchUp {
  #samples: Sample[] = [];

  /** @param at the server's time in ms at which so many messages waited */
  hear(at: number, lag: { readonly messages: number } | null): void {
    if (!lag || lag.messages === 0) {
      this.#samples = [];
      return;
    }
    const last = this.#samples.at(-1);
    if (last && at <= last.at) return;
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= OVER_MS), { at, messages: lag.messages }];
  }

  /** In how many seconds nothing will wait any more at this pace; null where that cannot be told. */
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
