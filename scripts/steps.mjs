// Runs the steps of `npm test`: one after another, or in tracks side by side. The output reads as if there were one
// track: the step that began first is shown while it runs, the others are shown once it is over.
import { spawn } from 'node:child_process';

/**
 * @typedef {{ passed: number, failed: number }} Count
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command
 * @property {Record<string, string>} [env]
 * @property {() => Count} [count] reads how many of its tests passed and failed
 */

/** Shows the outputs of steps whole and in the order in which they began. */
class Outputs {
  #write;
  /** @type {{ held: string[], ended: boolean }[]} The first one is shown as it comes. */
  #open = [];

  /** @param {(text: string) => void} write */
  constructor(write) {
    this.#write = write;
  }

  begin() {
    const output = { held: /** @type {string[]} */ ([]), ended: false };
    this.#open.push(output);
    return {
      write: (/** @type {string} */ text) => {
        if (this.#open[0] === output) this.#write(text);
        else output.held.push(text);
      },
      end: () => {
        output.ended = true;
        while (this.#open[0]?.ended) {
          this.#open.shift();
          for (const text of this.#open[0]?.held.splice(0) ?? []) this.#write(text);
        }
      },
    };
  }
}

const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs the stages one after another, and the tracks of a stage side by side. The first step that fails ends all.
 * @param {Step[][][]} stages
 * @param {{ cwd: string, write: (text: string) => void, killAfterMs?: number }} options `killAfterMs`: a step that ignores its
 *   end is killed after this time
 * @returns {Promise<Count & { code: number }>} the exit code of the first step that failed
 */
export async function runSteps(stages, { cwd, write, killAfterMs = 20_000 }) {
  const outputs = new Outputs(write);
  const total = { passed: 0, failed: 0, code: 0 };
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const running = new Set();
  /** @param {NodeJS.Signals} signal */
  const signalAll = (signal) => {
    for (const { pid } of running) {
      try {
        // The whole group: a step's own processes would outlive it.
        if (pid) process.kill(-pid, signal);
      } catch {
        /* It is over already. */
      }
    }
  };
  const end = () => {
    signalAll('SIGTERM');
    // Unref'd: it does not hold up a run that is over before.
    setTimeout(signalAll, killAfterMs, 'SIGKILL').unref();
  };
  const stop = () => {
    total.code ||= 1;
    end();
  };
  // A step has a process group of its own, so a terminal's Ctrl-C or its end reaches it only through these.
  const signals = /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']);
  for (const signal of signals) process.on(signal, stop);

  /** @param {Step} step */
  async function run({ name, command: [program = '', ...args], env, count }) {
    const began = Date.now();
    const output = outputs.begin();
    output.write(`\n▸ ${name}\n`);
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, which is ended whole.
      detached: true,
      env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }), ...env },
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', output.write);
    const code = await new Promise((resolve) => {
      child.once('error', ({ message }) => {
        output.write(`${message}\n`);
        resolve(1);
      });
      child.once('close', (status) => resolve(status ?? 1));
      // A process that it left behind may hold its output open.
      child.once('exit', (status) => setTimeout(resolve, 2000, status ?? 1).unref());
    });
    running.delete(child);
    // A step that was ended because another one failed says nothing about its tests.
    const cut = code !== 0 && total.code !== 0;
    let counted = { passed: 0, failed: 0 };
    try {
      if (!cut) counted = count?.() ?? counted;
    } catch {
      /* It ended before it could write a report. */
    }
    total.passed += counted.passed;
    // A step can fail otherwise than by a test, and must not be summed up as "0 failed".
    if (!cut) total.failed += code ? Math.max(1, counted.failed) : counted.failed;
    output.write(`${cut ? '–' : code ? '✗' : '✓'} ${name}: ${cut ? 'ended, ' : ''}${seconds(began)}\n`);
    output.end();
    if (code && !cut) {
      total.code = code;
      end();
    }
  }

  for (const tracks of stages)
    await Promise.all(
      tracks.map(async (track) => {
        for (const step of track) {
          if (total.code) return;
          await run(step);
        }
      }),
    );
  for (const signal of signals) process.off(signal, stop);
  // A run that was interrupted has no step that failed, but must not be summed up as "0 failed".
  if (total.code) total.failed ||= 1;
  return total;
}
