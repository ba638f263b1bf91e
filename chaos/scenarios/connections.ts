// What happens to connections.
import { setTimeout as sleep } from 'node:timers/promises';
import { cutKafka, cutTransactions, type Cuts } from '../cuts.ts';
import type { Scenario } from './scenario.ts';

const sum = (cuts: Cuts) => Object.values(cuts).reduce((total, count) => total + count, 0);
const saidOf = (cuts: Cuts) => Object.entries(cuts).map(([where, count]) => ({ what: `reset ${where}`, count }));

export const connectionScenarios: Scenario[] = [
  {
    name: 'resets', fault: 'connections to PostgreSQL and Kafka reset in mid-transaction', seconds: 15,
    async run({ servers, chance }, seconds) {
      const cuts: Cuts = { 'in the middle': 0, 'before its commit': 0, 'before the answer to its commit': 0, 'before the answer to an offset commit': 0, 'in a fetch': 0 };
      for (const { links } of servers) {
        links.database.tamper = cutTransactions(chance, 0.15, cuts);
        links.kafka.tamper = cutKafka(chance, 0.01, cuts);
      }
      await sleep(seconds * 1000);
      for (const { links } of servers) await Promise.all([links.database.heal(), links.kafka.heal()]);
      return sum(cuts) ? saidOf(cuts) : [{ what: 'resets', count: 0 }];
    },
  },
];
