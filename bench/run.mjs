// npm run bench -- <name> [--option value]: bundles one bench on the fly, since Node cannot run TypeScript, and runs it
// on the built app.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isBuilt } from '../scripts/build.mjs';
import { bundleOptions, root } from '../scripts/bundles.mjs';

const names = readdirSync(path.join(root, 'bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'));
const [name = '', ...options] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`npm run bench -- <${names.join(' | ')}>; docs/BENCH.md describes each.`);
  process.exit(2);
}
if (!existsSync(path.join(root, 'dist', 'main.js')) || !existsSync(path.join(root, '.next', 'BUILD_ID'))) {
  console.error('The app is not built: npm run build.');
  process.exit(2);
}
if (!isBuilt()) console.log('The sources have changed since the last build. This measures that build.');

const { build } = await import('esbuild');
const helpers = readdirSync(path.join(root, 'bench', 'support'))
  .filter((file) => file.endsWith('-child.ts'))
  .map((file) => path.basename(file, '.ts'));
await build({
  ...bundleOptions(),
  entryPoints: {
    [name]: `bench/${name}.ts`,
    ...Object.fromEntries(helpers.map((helper) => [helper, `bench/support/${helper}.ts`])),
  },
  outdir: 'dist/bench',
});
const child = spawn(
  process.execPath,
  ['--enable-source-maps', path.join(root, 'dist', 'bench', `${name}.js`), ...options],
  { cwd: root, stdio: 'inherit' },
);
// Ctrl-C reaches the child directly, and the child ends everything that it started.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
