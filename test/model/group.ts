// The consumer group of the model: which process has which partitions, and the offsets that it has committed.
import type { Call, Process } from './process.ts';
import { must } from './rules.ts';
import { PARTITIONS } from './script.ts';
import { placeOf, type Upstream } from './upstream.ts';

export class Group {
  /** A member is gone, and the group has not noticed. */
  stale = false;
  readonly committed = new Map<number, number>();
  #generation = 0;
  #assignment = new Map<Process, number[]>();

  has(process: Process): boolean {
    return this.#assignment.has(process);
  }

  isCurrent(process: Process): boolean {
    return process.generation === this.#generation;
  }

  /** Processes learn of it one by one, each in its time: by calls that the script carries out. */
  rebalance(members: readonly Process[], shift: number, calls: Call[]): void {
    this.#generation += 1;
    this.#assignment = new Map(
      members.map((process, i) => [
        process,
        Array.from({ length: PARTITIONS }, (_, p) => p).filter((p) => (p + shift) % members.length === i),
      ]),
    );
    this.stale = false;
    for (const process of members) {
      if (calls.some((call) => call.process === process && call.what === 'join')) continue;
      calls.push({
        process,
        what: 'join',
        remote: false,
        run: async ({ hold }) => {
          process.leave();
          if (hold) calls.push({ process, what: 'begin', remote: false, run: async () => this.#begin(process) });
          else this.#begin(process);
        },
      });
    }
  }

  #begin(process: Process): void {
    const partitions = this.#assignment.get(process);
    if (!partitions) return;
    process.leave();
    process.begin(this.#generation, partitions, this.committed);
  }

  /** @throws RuleBroken where a message before the offset has no fate */
  commit(process: Process, fates: ReadonlySet<string>, upstream: Upstream): void {
    for (const [partition, offset] of process.intake.committable()) {
      must(offset >= (this.committed.get(partition) ?? 0), 'a commit never goes back', { partition, offset });
      const without = upstream.partitions[partition]!.find(
        (message) => message.record.offset < offset && !fates.has(placeOf(message)),
      );
      must(!without, 'nothing is committed that has no fate', { partition, offset, without: without?.record.offset });
      this.committed.set(partition, offset);
    }
  }
}
