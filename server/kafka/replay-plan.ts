// Plans to read the topic again from an earlier place, partition by partition, and refuses unsafe plans. Pure; replay.ts
// carries the plan out.
import { startOf } from './beginning.ts';

export type ReplayTarget =
  | { kind: 'start' }
  | { kind: 'time'; time: Date }
  | { kind: 'offsets'; offsets: ReadonlyMap<number, number> };
export interface PartitionState {
  partition: number;
  low: number;
  high: number;
  /** The group's offset; negative where it has none. */
  committed: number;
  /** Everything below it has ended; null where reading never began. */
  recorded: number | null;
  /** The first offset whose message is as late as the target's time. */
  atTime?: number;
}
/** Reading would go on at `from`, and is to go on at `to`. */
export interface ReplayStep {
  partition: number;
  from: number;
  to: number;
}

/** Its message is one line to show. */
export class ReplayRefused extends Error {}

/**
 * @returns the partitions that are read again
 * @throws ReplayRefused where that would skip messages, or where the messages to read are gone
 */
export function planReplay(target: ReplayTarget, states: readonly PartitionState[]): ReplayStep[] {
  if (target.kind === 'offsets') {
    const unknown = [...target.offsets.keys()].find(
      (partition) => !states.some((state) => state.partition === partition),
    );
    if (unknown !== undefined)
      throw new ReplayRefused(
        `There is no partition ${unknown}: the topic has ${states.map(({ partition }) => partition).join(', ')}.`,
      );
  }
  const steps = states.flatMap((state) => {
    const { partition, low, high, committed, recorded } = state;
    if (recorded === null) return [];
    const from = startOf({ low, high, committed, recorded }).offset;
    const to = wanted(target, state, from);
    return to === null || to === from ? [] : [{ partition, from, to }];
  });
  if (!steps.length)
    throw new ReplayRefused('Nothing would be read again: reading is not beyond that place in any partition.');
  return steps;
}

/** The offset to read from; null where the partition stays as it is. */
function wanted(target: ReplayTarget, { partition, low, atTime }: PartitionState, from: number): number | null {
  if (target.kind === 'start') return low;
  if (target.kind === 'time') {
    const offset = atTime ?? from;
    if (offset <= low && low > 0) {
      throw new ReplayRefused(
        `Partition ${partition} begins at offset ${low}, and of the ${messages(low)} before it, which are gone, ` +
          'some may be of that time: give a later time, or --from-start for all that is left.',
      );
    }
    // Some partitions may be there later than others: none of them is moved forward.
    return Math.min(offset, from);
  }
  const offset = target.offsets.get(partition);
  if (offset === undefined) return null;
  if (offset > from)
    throw new ReplayRefused(
      `Partition ${partition} is read from offset ${from} on: ` +
        `going on at ${offset} would skip ${messages(offset - from)}.`,
    );
  if (offset < low)
    throw new ReplayRefused(
      `Of partition ${partition} the ${messages(low - offset)} from offset ${offset} on are gone: ` +
        `the earliest is ${low}. Give that or a later one, or --from-start for all that is left.`,
    );
  return offset;
}

const messages = (count: number) => `${count} message${count === 1 ? '' : 's'}`;

/** `0:100,3:250`. @throws ReplayRefused */
export function parseOffsets(text: string): Map<number, number> {
  const pairs = text.split(',').map((part) => {
    const [, partition, offset] = /^(\d{1,6}):(\d{1,15})$/.exec(part.trim()) ?? [];
    if (partition === undefined || offset === undefined)
      throw new ReplayRefused(
        '--from-offset must be <partition>:<offset>, several separated by commas, such as 0:100,3:250; ' +
          `"${part}" is not.`,
      );
    return [Number(partition), Number(offset)] as const;
  });
  const offsets = new Map(pairs);
  if (offsets.size < pairs.length) throw new ReplayRefused('--from-offset names a partition twice.');
  return offsets;
}

/** A time with its zone. @throws ReplayRefused */
export function parseTime(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(time.getTime()))
    throw new ReplayRefused(`--from-time must be a time such as 2026-11-23T12:00:00Z; "${text}" is not.`);
  return time;
}

/** The plan as lines for the operator. */
export function describePlan(
  steps: readonly ReplayStep[],
  { topic, groupId, appEnv }: { topic: string; groupId: string; appEnv: string },
): string[] {
  return [
    `${topic} is to be read again by the group ${groupId} of ${appEnv}:`,
    ...steps.map(
      ({ partition, from, to }) =>
        `  partition ${partition}: from offset ${to} instead of ${from}, ${messages(from - to)} again`,
    ),
    `In all ${messages(steps.reduce((sum, { from, to }) => sum + from - to, 0))}, at the next start of Heard.`,
    'Nothing is doubled by it: each message has its place in the database, and one that has ended there changes ' +
      'nothing when it comes again. Only what the database lacks is applied.',
  ];
}
