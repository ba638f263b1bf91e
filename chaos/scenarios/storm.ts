// Several faults at once: the traces of one fault must not make another one worse.
import { setTimeout as sleep } from 'node:timers/promises';
import { calm } from '../../simulator/dials.ts';
import { cutKafka, cutTransactions, type Cuts } from '../cuts.ts';
import { proxiesOf } from './connections.ts';
import type { Scenario } from './scenario.ts';

export const stormScenarios: Scenario[] = [
  {
    name: 'storm',
    fault: 'at once: transactions cut, fetches cut, screens cut, 503s, half answers, lag, duplicates',
    seconds: 30,
    async run(world, seconds) {
      const { chance, platform, screens } = world;
      const [transactions, fetches]: Cuts[] = [{}, {}];
      const parted = () => screens.reduce((sum, screen) => sum + screen.parted, 0);
      const answers = (kind: string) => platform.traffic.answers.get(kind) ?? 0;
      const before = { parted: parted(), refused: answers('503'), cut: answers('cut') };
      const { latencyMs } = platform.dials;
      for (const proxy of proxiesOf(world, 'database')) proxy.tamper = cutTransactions(chance, 0.1, transactions!);
      for (const proxy of proxiesOf(world, 'kafka')) proxy.tamper = cutKafka(chance, 0.04, fetches!);
      platform.turn({ errors: { 503: 0.15, cut: 0.1 }, retryAfterS: null, replicaLagMs: 200, duplicateRate: 0.3 });
      for (let i = 0; i < 5; i += 1) {
        await sleep(seconds * 200);
        platform.replay(100);
        chance.pick(proxiesOf(world, 'web')).resetAll();
      }
      platform.turn({ ...calm, latencyMs });
      for (const link of ['database', 'kafka'] as const)
        await Promise.all(proxiesOf(world, link).map((proxy) => proxy.heal()));
      const sum = (cuts: Cuts) => Object.values(cuts).reduce((all, count) => all + count, 0);
      return [
        { what: 'transactions cut', count: sum(transactions!) },
        { what: 'connections to Kafka cut', count: sum(fetches!) },
        { what: 'screens parted', count: parted() - before.parted },
        { what: 'answers: 503', count: answers('503') - before.refused },
        { what: 'answers: cut', count: answers('cut') - before.cut },
      ];
    },
  },
];
