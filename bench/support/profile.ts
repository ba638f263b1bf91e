// The functions on which a server that ran with --cpu-prof spent its time.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

/** Node writes its profile into `directory` when the process ends. */
export const profiling = (directory: string): string[] => [
  '--cpu-prof',
  `--cpu-prof-dir=${directory}`,
  '--cpu-prof-interval=500',
];

/** @param betweenMs limits the samples to this part of the run, counted from its start */
export function printProfile(
  directory: string,
  { top = 25, fromMs = 0 }: { top?: number; fromMs?: number } = {},
): void {
  const file = readdirSync(directory).find((name) => name.endsWith('.cpuprofile'));
  if (!file) return console.log('there is no profile');
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const self = new Map<string, number>();
  const packages = new Map<string, number>();
  let at = 0;
  let total = 0;
  for (const [i, id] of samples.entries()) {
    const ms = timeDeltas[i]! / 1000;
    at += ms;
    if (at < fromMs) continue;
    const { functionName, url, lineNumber } = byId.get(id)!.callFrame;
    if (functionName === '(idle)') continue;
    total += ms;
    const where = placeOf(url);
    add(self, `${functionName || '(anonymous)'}  ${where}${url ? `:${lineNumber + 1}` : ''}`, ms);
    add(packages, url ? packageOf(url) : functionName, ms);
  }
  const print = (title: string, map: Map<string, number>, count: number) => {
    console.log(title);
    for (const [name, ms] of [...map].sort((a, b) => b[1] - a[1]).slice(0, count))
      console.log(`  ${((ms / total) * 100).toFixed(1).padStart(5)} %  ${name}`);
  };
  console.log(`profile: ${(total / 1000).toFixed(1)} s busy of ${((at - fromMs) / 1000).toFixed(1)} s`);
  print('by function (self time):', self, top);
  print('by package:', packages, 15);
  return undefined;
}

const add = (map: Map<string, number>, key: string, ms: number) => map.set(key, (map.get(key) ?? 0) + ms);
const placeOf = (url: string) =>
  url
    .replace(/^.*node_modules\//, '')
    .replace(/^.*\/dist\//, 'dist/')
    .slice(0, 90);
const packageOf = (url: string) =>
  url.startsWith('node:')
    ? 'node'
    : url.startsWith('wasm')
      ? 'wasm'
      : (/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? placeOf(url));
