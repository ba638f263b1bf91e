// Our programs as they are built, run as processes of their own: their output at the terminal, and their exit code.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';
import { bundleOptions, root } from '../scripts/bundles.mjs';

export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}
export interface Program {
  /** @param endAt it is sent SIGTERM once it has written this */
  run(env: Record<string, string>, args?: string[], endAt?: string): Promise<Outcome>;
  /** Those that still run are ended. */
  remove(): Promise<void>;
}

/** Bundles it into a folder of its own, from which packages and migrations are found. */
export async function buildProgram(name: 'main' | 'replay-topic'): Promise<Program> {
  const outdir = path.join(root, 'node_modules', '.cache', `heard-${randomUUID()}`);
  await build({ ...bundleOptions(name), outdir });
  const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();
  return {
    run: (env, args = [], endAt) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [path.join(outdir, `${name}.js`), ...args], {
          env: { NODE_ENV: 'production', PATH: process.env['PATH'], ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        running.add(child);
        let [out, err] = ['', ''];
        child.stdout.on('data', (text: Buffer) => {
          out += text.toString();
          if (endAt !== undefined && out.includes(endAt)) child.kill('SIGTERM');
        });
        child.stderr.on('data', (text: Buffer) => {
          err += text.toString();
        });
        child.once('error', reject);
        child.once('close', (code) => {
          running.delete(child);
          resolve({ code, out, err });
        });
      }),
    async remove() {
      for (const child of running) child.kill('SIGKILL');
      await rm(outdir, { recursive: true, force: true });
    },
  };
}
