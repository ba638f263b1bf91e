// A page's processor time: throttled as on a slow tablet, counted by kind of work, and by function with `--profile`.
import type { CDPSession, Page } from '@playwright/test';
import { figure, printTable } from './statistics.ts';

export async function throttled(page: Page, rate: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  if (rate > 1) await session.send('Emulation.setCPUThrottlingRate', { rate });
  return session;
}

/** A page's processor time by kind of work, in ms. */
export interface Spent {
  script: number;
  layout: number;
  style: number;
  task: number;
}

export async function spentBy(session: CDPSession): Promise<Spent> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
  return {
    script: of('ScriptDuration'),
    layout: of('LayoutDuration'),
    style: of('RecalcStyleDuration'),
    task: of('TaskDuration'),
  };
}

export function spentWords({ script, layout, style, task }: Spent): string {
  return `script ${figure(script)}, layout ${figure(layout)}, style ${figure(style)} of ${figure(task)} ms`;
}

/** With `--profile`: the functions that took the page's time. Their names are those of the minified scripts. */
export function printSelfTimes({
  nodes,
  samples = [],
  timeDeltas = [],
}: {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number } }[];
  samples?: number[] | undefined;
  timeDeltas?: number[] | undefined;
}): void {
  const names = new Map(
    nodes.map(({ id, callFrame }) => [
      id,
      `${callFrame.functionName || '(nameless)'} ${callFrame.url.split('/').at(-1)}:${callFrame.lineNumber + 1}:${callFrame.columnNumber + 1}`,
    ]),
  );
  const spent = new Map<string, number>();
  for (const [index, id] of samples.entries())
    spent.set(names.get(id) ?? '', (spent.get(names.get(id) ?? '') ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  printTable(['self time, ms', ''], [...spent].toSorted((a, b) => b[1] - a[1]).slice(0, 30));
}
