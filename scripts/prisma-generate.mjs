// Generates the Prisma client into server/db/generated. `generate` needs no schema engine, but insists on a binary that
// it would otherwise download. Any executable can stand in for it during this one call.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export function generatePrismaClient() {
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    cwd: root,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generatePrismaClient();
