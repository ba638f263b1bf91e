// Faults of server processes.
import { setTimeout as sleep } from 'node:timers/promises';
import { stoppedOf } from '../processes.ts';
import { SESSION_MS } from '../world.ts';
import type { Scenario } from './scenario.ts';

export const serverScenarios: Scenario[] = [
  {
    name: 'kill',
    fault: 'kill -9 of a server, started again later',
    servers: 3,
    recoverMs: SESSION_MS + 15_000,
    async run({ servers: [victim] }) {
      await victim!.kill();
      return [{ what: 'ended by SIGKILL', count: (await victim!.ended) === 'SIGKILL' ? 1 : 0 }];
    },
    async afterwards({ servers: [victim] }) {
      await victim!.start();
    },
  },
  {
    name: 'kill-all',
    fault: 'kill -9 of all servers at once, started again after 5 s',
    servers: 2,
    recoverMs: SESSION_MS + 15_000,
    async run({ servers, watch }) {
      await Promise.all(servers.map((server) => server.kill()));
      await sleep(5000);
      const waiting = await watch.unended();
      await Promise.all(servers.map((server) => server.start({ wait: false })));
      return [{ what: 'messages that waited', count: waiting ?? 0 }];
    },
  },
  {
    name: 'freeze',
    fault: 'a server stopped for 60 s (SIGSTOP, SIGCONT)',
    servers: 3,
    seconds: 60,
    async run({ servers: [victim], watch, options: { say } }, seconds) {
      const frozen = victim!.freeze(seconds + 30);
      await sleep(seconds * 500);
      const stillFrozen = stoppedOf([victim!.pid]);
      say(`half of the time has passed: ${await watch.unended()} messages have no fate yet`);
      await sleep(seconds * 500);
      victim!.thaw();
      return [
        { what: 'process stopped', count: frozen },
        { what: 'still stopped half-way', count: stillFrozen },
      ];
    },
  },
  {
    name: 'deploy',
    fault: 'each server ended (SIGTERM) and started again, in turn',
    servers: 2,
    async run({ servers }) {
      let clean = 0;
      for (const server of servers) {
        await server.stop();
        if ((await server.ended) === 'exit code 0') clean += 1;
        await server.start();
        await sleep(2000);
      }
      return [{ what: 'ended with exit code 0', count: clean === servers.length ? clean : 0 }];
    },
  },
];
