// Faults of connections.
import { setTimeout as sleep } from 'node:timers/promises';
import { cutKafka, cutTransactions, type Cuts } from '../cuts.ts';
import type { Links } from '../ground.ts';
import type { Done, Proxy } from '../proxy.ts';
import type { ChaosWorld } from '../world.ts';
import type { Bite, Scenario } from './scenario.ts';

const sum = (cuts: Cuts) => Object.values(cuts).reduce((total, count) => total + count, 0);
const saidOf = (cuts: Cuts) => Object.entries(cuts).map(([where, count]) => ({ what: `reset ${where}`, count }));

/** The proxies of all servers towards one neighbour. */
export const proxiesOf = ({ servers }: ChaosWorld, link: keyof Omit<Links, 'port'>): Proxy[] =>
  servers.map(({ links }) => links[link]);

/** Applies a fault to all these proxies for `seconds`. Its counter must have grown, and messages must have waited. */
export async function doneTo(
  world: ChaosWorld,
  link: keyof Omit<Links, 'port'>,
  seconds: number,
  what: keyof Done,
  act: (proxy: Proxy) => unknown,
): Promise<Bite[]> {
  const proxies = proxiesOf(world, link);
  const total = () => proxies.reduce((all, { done }) => all + done[what], 0);
  const before = total();
  await Promise.all(proxies.map(act));
  await sleep(seconds * 1000);
  const waiting = await world.watch.unended().catch(() => undefined);
  await Promise.all(proxies.map((proxy) => proxy.heal()));
  return [
    { what, count: total() - before },
    ...(waiting === undefined ? [] : [{ what: 'messages that waited at its end', count: waiting }]),
  ];
}

export const connectionScenarios: Scenario[] = [
  {
    name: 'resets',
    fault: 'connections to PostgreSQL and Kafka reset in mid-transaction',
    seconds: 15,
    async run(world, seconds) {
      const cuts: Cuts = {
        'in the middle': 0,
        'before its commit': 0,
        'before the answer to its commit': 0,
        'in a fetch': 0,
      };
      for (const proxy of proxiesOf(world, 'database')) proxy.tamper = cutTransactions(world.chance, 0.15, cuts);
      for (const proxy of proxiesOf(world, 'kafka')) proxy.tamper = cutKafka(world.chance, 0.02, cuts);
      await sleep(seconds * 1000);
      for (const link of ['database', 'kafka'] as const)
        await Promise.all(proxiesOf(world, link).map((proxy) => proxy.heal()));
      return sum(cuts) ? saidOf(cuts) : [{ what: 'resets', count: 0 }];
    },
  },
  {
    name: 'screens-cut',
    fault: 'connections of screens reset, refused and frozen',
    seconds: 20,
    async run(world, seconds) {
      const proxies = proxiesOf(world, 'web');
      const before = proxies.map(({ done }) => ({ ...done }));
      const parted = () => world.screens.reduce((all, screen) => all + screen.parted, 0);
      const partedBefore = parted();
      for (let i = 0; i < 4; i += 1) {
        for (const proxy of proxies) proxy.resetAll();
        await sleep((seconds / 12) * 1000);
      }
      await Promise.all(proxies.map((proxy) => proxy.refuse()));
      await sleep((seconds / 4) * 1000);
      await Promise.all(proxies.map((proxy) => proxy.heal()));
      await sleep(1000);
      for (const proxy of proxies) proxy.freeze();
      await sleep((seconds / 2) * 1000);
      await Promise.all(proxies.map((proxy) => proxy.heal()));
      const grew = (what: keyof Done) => proxies.reduce((all, { done }, i) => all + done[what] - before[i]![what], 0);
      return [
        { what: 'resets', count: grew('reset') },
        { what: 'held', count: grew('held') },
        { what: 'screens parted', count: parted() - partedBefore },
      ];
    },
  },
];
