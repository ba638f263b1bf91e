// All faults, in the order of the table.
import { connectionScenarios } from './connections.ts';
import { brokerScenarios, topicScenarios } from './kafka.ts';
import { lostTailScenarios } from './lost-tail.ts';
import { orderApiScenarios } from './order-api.ts';
import { postgresScenarios } from './postgres.ts';
import { serverScenarios } from './servers.ts';
import { stormScenarios } from './storm.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  ...serverScenarios,
  ...brokerScenarios,
  ...topicScenarios,
  ...postgresScenarios,
  ...lostTailScenarios,
  ...connectionScenarios,
  ...orderApiScenarios,
  ...stormScenarios,
];
