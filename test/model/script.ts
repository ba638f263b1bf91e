// The steps of a history, in any order: they happen to two or three processes, their order service and their operators. The same scripts run over a store in memory and over PostgreSQL.
import fc from 'fast-check';

export const ORDERS = 3;
export const PARTITIONS = 2;
export const PROCESSES = 3;

/**
 * The order service's answer: the order as it is now, or as it was when the request came; an older one; one without
 * dishes; none.
 */
export type Answer = 'now' | 'then' | 'behind' | 'dishless' | 'broken' | 'outage';

export type Step =
  /**
   * The order changes upstream, and a message says so. `status`: it also comes further along. `read`: the message is
   * read at once.
   */
  | { do: 'change'; order: number; status: boolean; read: boolean }
  /** An old message comes once more, with the same bytes. */
  | { do: 'replay'; order: number; which: number }
  | { do: 'garbage'; order: number }
  /** While an order is ill, no fetch of it works. */
  | { do: 'ill'; order: number; ill: boolean }
  | { do: 'poll'; process: number; partition: number; count: number }
  /** One of the calls that wait for an answer is carried out. `hold`: its answer is under way for longer. */
  | { do: 'run'; which: number; hold: boolean; answer: Answer }
  /**
   * All calls that wait now are carried out, so many times. `hold`: the last answers are under way for longer.
   */
  | { do: 'runAll'; answer: Answer; rounds: number; hold: boolean; newestFirst: boolean }
  /** A process looks into the retry table. */
  | { do: 'look'; process: number }
  | { do: 'commit'; process: number }
  | { do: 'time' }
  /** So many waits for the next try go by, and all that is due is tried. `hold`: the last tries are still under way. */
  | { do: 'hours'; waits: number; answer: Answer; hold: boolean }
  /** `lost`: calls that the process had under way never reach the database; else they may, later. */
  | { do: 'kill'; process: number; lost: boolean }
  | { do: 'start'; process: number }
  | { do: 'freeze'; process: number }
  | { do: 'thaw'; process: number }
  | { do: 'rebalance'; shift: number }
  | { do: 'operator'; says: 'retry' | 'discard'; which: number };

/**
 * `versions`: 'sometimes' leaves them out of messages of a new status; 'never' knows none at all, and then the order
 * service has no replica that lags, since nothing could tell. `gaps`: offsets are missing, as after compaction.
 */
export interface Script {
  versions: 'always' | 'sometimes' | 'never';
  gaps: boolean;
  steps: Step[];
}

// One order has more changes than the others: faults take several messages of one order.
const [order, process, partition, which] = [
  fc.constantFrom(0, 0, ...Array.from({ length: ORDERS }, (_, i) => i)),
  fc.nat(PROCESSES - 1),
  fc.nat(PARTITIONS - 1),
  fc.nat(11),
];
const answer = fc.constantFrom<Answer>(
  'now',
  'now',
  'then',
  'then',
  'then',
  'behind',
  'behind',
  'dishless',
  'broken',
  'broken',
  'outage',
);
const is = <const T extends string>(step: T) => fc.constant(step);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: is('change'), order, status: fc.constantFrom(true, false, false), read: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: is('replay'), order, which }) },
  { weight: 1, arbitrary: fc.record({ do: is('garbage'), order }) },
  { weight: 4, arbitrary: fc.record({ do: is('ill'), order, ill: fc.boolean() }) },
  { weight: 10, arbitrary: fc.record({ do: is('poll'), process, partition, count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 24, arbitrary: fc.record({ do: is('run'), which, hold: fc.boolean(), answer }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: is('runAll'),
      answer,
      rounds: fc.integer({ min: 1, max: 5 }),
      hold: fc.boolean(),
      newestFirst: fc.boolean(),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: is('look'), process }) },
  { weight: 4, arbitrary: fc.record({ do: is('commit'), process }) },
  { weight: 10, arbitrary: fc.record({ do: is('time') }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: is('hours'), waits: fc.integer({ min: 1, max: 3 }), answer, hold: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('kill'), process, lost: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: is('start'), process }) },
  { weight: 2, arbitrary: fc.record({ do: is('freeze'), process }) },
  { weight: 3, arbitrary: fc.record({ do: is('thaw'), process }) },
  { weight: 2, arbitrary: fc.record({ do: is('rebalance'), shift: fc.nat(PROCESSES - 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: is('operator'), says: fc.constantFrom('retry', 'retry', 'discard'), which: fc.nat(3) }),
  },
);

/** Without bias: short histories never come as far as a message that has FAILED. */
export const scripts = (steps: number): fc.Arbitrary<Script> =>
  fc.noBias(
    fc.record({
      versions: fc.constantFrom('always', 'sometimes', 'never', 'never'),
      gaps: fc.boolean(),
      steps: fc.array(step, { maxLength: steps, size: 'max' }),
    }),
  );

const all = (rounds: number, answer: Answer, hold = false): Step => ({
  do: 'runAll',
  answer,
  rounds,
  hold,
  newestFirst: false,
});
const second: Step = { do: 'run', which: 1, hold: false, answer: 'now' };
const change: Step = { do: 'change', order: 0, status: false, read: true };

/**
 * A case that chance makes too rarely: a message comes to wait while its order is being tried, and the answer is older
 * than it, which no version tells.
 */
export const parkedDuringTry: Script = {
  versions: 'never',
  gaps: false,
  steps: [
    { do: 'ill', order: 0, ill: true },
    change,
    all(12, 'now'),
    { do: 'ill', order: 0, ill: false },
    { do: 'time' },
    { do: 'time' },
    { do: 'look', process: 0 },
    all(1, 'now'),
    all(1, 'now', true),
    change,
    second,
    second,
    all(3, 'then'),
  ],
};
