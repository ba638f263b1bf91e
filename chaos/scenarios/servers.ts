// What happens to server processes.
import { setTimeout as sleep } from 'node:timers/promises';
import { stoppedOf } from '../processes.ts';
import { SESSION_MS } from '../world.ts';
import type { Scenario } from './scenario.ts';

export const serverScenarios: Scenario[] = [
  {
    name: 'kill', fault: 'kill -9 of a server, started again later', servers: 3, recoverMs: SESSION_MS + 15_000,
    async run({ servers: [victim] }) {
      await victim!.kill();
      return [{ what: 'ended by SIGKILL', count: (await victim!.ended) === 'SIGKILL' ? 1 : 0 }];
    },
    async afterwards({ servers: [victim] }) { await victim!.start(); },
  },
  {
    name: 'freeze', fault: 'a server stopped for 60 s (SIGSTOP, SIGCONT)', servers: 3, seconds: 60,
    async run({ servers: [victim], watch, options: { say } }, seconds) {
      const frozen = victim!.freeze(seconds + 30);
      await sleep(seconds * 500);
      const stillFrozen = stoppedOf([victim!.pid]);
      const unended = await watch.unended();
      say(`half of the time has passed: ${unended} messages without a fate`);
      await sleep(seconds * 500);
      victim!.thaw();
      return [{ what: 'process stopped', count: frozen }, { what: 'still stopped half-way', count: stillFrozen }];
    },
  },
];
