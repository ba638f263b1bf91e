// The parts of a page's long tasks, from the browser's own trace.
import type { Browser, Page } from '@playwright/test';
import { figure } from './statistics.ts';

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args?: { data?: { type?: string; functionName?: string } };
}

const LONG_MS = 50;

export async function traceTasks(browser: Browser, page: Page): Promise<() => Promise<void>> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  return async () =>
    printLongTasks((JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }).traceEvents);
}

function printLongTasks(events: readonly TraceEvent[]): void {
  const complete = events.filter(({ ph, dur }) => ph === 'X' && dur !== undefined);
  const isTask = ({ name, dur }: TraceEvent) => name === 'RunTask' && dur! / 1000 >= LONG_MS;
  for (const task of complete.filter(isTask)) {
    const inside = complete.filter(
      (event) =>
        event !== task &&
        event.pid === task.pid &&
        event.tid === task.tid &&
        event.ts >= task.ts &&
        event.ts + event.dur! <= task.ts + task.dur!,
    );
    const parts = inside
      .filter(({ dur }) => dur! / 1000 >= 4)
      .toSorted((a, b) => a.ts - b.ts)
      .map(({ name, ts, dur, args }) => {
        const words = [name, args?.data?.type, args?.data?.functionName].filter(Boolean).join(' ');
        return `${words} ${figure(dur! / 1000)} at ${figure((ts - task.ts) / 1000)}`;
      });
    console.log(`  a task of ${figure(task.dur! / 1000)} ms: ${parts.join(', ')}`);
  }
}
