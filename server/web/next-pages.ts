// Next.js as a request handler, and the name of the build that it serves.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { Config } from '../config.ts';
import { projectRoot } from '../db/migrate.ts';

/** Next's upgrade listener is given a server of its own, or it would fight Socket.IO's. */
export async function nextPages({
  dev,
  http,
}: Pick<Config, 'dev' | 'http'>): Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> {
  // Imported late: React reads NODE_ENV when it is loaded.
  const { default: next } = await import('next');
  const app = next({ dev, dir: projectRoot(), hostname: http.host, port: http.port, httpServer: createServer() });
  await app.prepare();
  return app.getRequestHandler();
}

/** The build's name, as its pages know it too; undefined where nothing was built. */
export function buildName(): string | undefined {
  try {
    return readFileSync(path.join(projectRoot(), '.next', 'BUILD_ID'), 'utf8').trim();
  } catch {
    return undefined;
  }
}
