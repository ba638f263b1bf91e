// The built server as a process of its own, as `npm start` runs it: for the browser tests, the chaos runs and the
// benches. `npm run build` makes it.
import { readFileSync } from 'node:fs';
import { serverArguments } from '../scripts/bundles.mjs';
import { startProgram, stopProgram, untilReady, type Program } from '../scripts/local/process.mjs';

const READY_MS = 60_000;
const PROBE_MS = 3000;
const STOP_MS = 25_000;

export interface BuiltServerOptions {
  port: number;
  /** It is added to, so that one file tells of a server that is started several times. */
  logFile: string;
  /** Its whole environment but PATH, NODE_ENV and PORT: none of the caller's other variables is passed on. */
  env: Record<string, string>;
  /** For example `--cpu-prof`. */
  nodeArgs?: string[];
  /** Sent to it should this process die. */
  endSignal?: NodeJS.Signals;
}

export class BuiltServer {
  constructor(
    private readonly program: Program,
    readonly url: string,
    private readonly logFile: string,
  ) {}

  get pid(): number {
    return this.program.pid;
  }
  get running(): boolean {
    return this.program.running();
  }
  /** How it ended, such as `SIGKILL`. */
  get ended(): Promise<string> {
    return this.program.ended;
  }

  /** @throws where nothing answers */
  async isReady(): Promise<boolean> {
    const response = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(PROBE_MS) });
    await response.body?.cancel();
    return response.ok;
  }

  /** Resolves once it is ready. @throws where it does not get so, with the end of its log */
  async ready(): Promise<this> {
    try {
      await untilReady(this.program, READY_MS, async () => {
        if (!(await this.isReady())) throw new Error('it is not ready');
      });
      return this;
    } catch (error) {
      const last = readFileSync(this.logFile, 'utf8').slice(-3000);
      throw new Error(`the server did not get ready; the end of its log:\n${last}`, { cause: error });
    }
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.running) await stopProgram(this.program, signal, STOP_MS);
  }
}

/** @returns once its process runs, which is some time before it is ready */
export async function startBuiltServer({
  port,
  logFile,
  env,
  nodeArgs = [],
  endSignal = 'SIGTERM',
}: BuiltServerOptions): Promise<BuiltServer> {
  const program = await startProgram('The server', process.execPath, [...nodeArgs, ...serverArguments], {
    // Not the folder of this file: benches and chaos runs are bundled.
    cwd: process.cwd(),
    logFile,
    endSignal,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', PORT: String(port), ...env },
  });
  return new BuiltServer(program, `http://127.0.0.1:${port}`, logFile);
}
