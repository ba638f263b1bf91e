// npm run build: the Prisma client, the pages by Next.js, and the server, the simulator and the operators' tool as one
// file each in dist/.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleOptions, root } from './bundles.mjs';
import { generatePrismaClient } from './prisma-generate.mjs';
import { bundleZod } from './zod-bundle.mjs';

/** The inputs of a build. The generated client is made from the schema, so it does not count. */
const SOURCES = [
  'app',
  'pages',
  'components',
  'server',
  'simulator',
  'public',
  'prisma/schema.prisma',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  '.browserslistrc',
  'next.config.js',
  'postcss.config.mjs',
  'scripts/bundles.mjs',
  'scripts/zod-bundle.mjs',
];
const STAMP = path.join(root, 'dist', 'built-from');

/** By content, not by time: checking out another branch and back changes only times. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    if (!existsSync(path.join(root, source))) continue;
    const below = statSync(path.join(root, source)).isDirectory()
      ? readdirSync(path.join(root, source), { recursive: true, encoding: 'utf8' }).toSorted()
      : [''];
    for (const name of below) {
      const file = path.join(root, source, name);
      if (/[\\/]generated([\\/]|$)|\.test\.tsx?$/.test(file) || !statSync(file).isFile()) continue;
      hash.update(`\0${source}/${name}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

export const isBuilt = () =>
  existsSync(STAMP) && existsSync(path.join(root, '.next/BUILD_ID')) && readFileSync(STAMP, 'utf8') === fingerprint();

/** @param {boolean} pages false in development, where Next.js makes them on request */
async function build(pages) {
  const { build: bundle } = await import('esbuild');
  rmSync(STAMP, { force: true });
  const built = fingerprint();
  generatePrismaClient();
  await bundle(bundleOptions('main', 'simulator', 'replay-topic', 'make-topic'));
  if (!pages) return;
  await bundleZod();
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', HEARD_BUILD: built.slice(0, 16) };
  await promisify(execFile)(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: root,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  writeFileSync(STAMP, built);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build(!process.argv.includes('--no-pages'));
  } catch (error) {
    const { stdout = '', stderr = '', message } = /** @type {any} */ (error);
    console.error(`${stdout}${stderr}` || message);
    process.exitCode = 1;
  }
}
