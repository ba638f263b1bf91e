// Entry. Without arguments it runs the simulator until it is told to end. With `replay ...` it plays a file of orders.
import { ConfigError, readConfig } from './config.ts';
import { replay } from './replay.ts';
import { Simulator } from './simulator.ts';

const STOP_MS = 4500;
const log = (line: string) => process.stdout.write(`${line}\n`);

function end(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const [command, ...args] = process.argv.slice(2);
  if (command === 'replay') return replay(args, log);
  if (command !== undefined) throw new ConfigError(`unknown command ${command}: there is only replay`);
  const simulator = new Simulator(readConfig(), log);
  const stop = () => {
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void simulator.stop().finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  return simulator.start();
}

run().catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') end('SIMULATOR_PORT is taken by another program: end it, or set another port');
  end(error instanceof ConfigError ? error.message : (error.stack ?? String(error)));
});
