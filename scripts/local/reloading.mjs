// The server of `npm run dev`, started anew at every change of its sources.
import { bundleOptions } from '../bundles.mjs';
import { lastLine } from './log-file.mjs';
import { stopProgram } from './process.mjs';

/**
 * Bundles the server at every change and restarts it. A server that ends by itself waits for the next change.
 * @param {() => Promise<import('./process.mjs').Program>} startServer
 * @param {(() => Promise<void>)[]} parts
 * @param {(line: string) => void} log
 */
export async function reloading(startServer, parts, log) {
  const { context } = await import('esbuild');
  /** @type {import('./process.mjs').Program | undefined} */
  let server;
  let turn = Promise.resolve();
  let over = false;
  const restart = async () => {
    const before = server;
    server = undefined;
    if (before) await stopProgram(before, 'SIGTERM', 10_000);
    if (over) return;
    const now = (server = await startServer());
    void now.ended.then((how) => {
      if (server === now && !over)
        log(`The server ended (${how}): ${lastLine(now.logFile)} It starts again at the next change.`);
    });
  };
  const watching = await context({
    ...bundleOptions('main'),
    plugins: [
      {
        name: 'restart',
        setup: (builder) =>
          builder.onEnd(async ({ errors }) => {
            if (!errors.length) {
              if (server) log('the server changed: starting it anew');
              await (turn = turn.then(restart));
            }
          }),
      },
    ],
  });
  parts.push(async () => {
    over = true;
    await watching.dispose();
    await turn.then(restart);
  });
  await watching.watch();
}
