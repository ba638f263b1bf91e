// The part of zod that pages use, as one file that Next.js takes in place of zod/mini (next.config.js). Turbopack keeps
// each function that any function of zod/mini could call; esbuild keeps those that are called. That is 5 KB less on the
// kitchen's page, gzipped.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundles.mjs';

/** The folders whose files pages may import. */
export const FOLDERS = ['app', 'components', 'pages', 'server/protocol'];

/** Relative to the project's folder, as Turbopack wants it. */
export const ZOD_BUNDLE = './dist/zod-mini.js';

/** @returns {string[]} the names that our files take from zod/mini, in order; types and functions alike */
export function namesInUse() {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
  );
  const ours = files.filter((text) => text.includes("import * as z from 'zod/mini'"));
  return [
    ...new Set(ours.flatMap((text) => [...text.matchAll(/\bz\.([a-zA-Z_]\w*)/g)].map(([, name = '']) => name))),
  ].sort();
}

export async function bundleZod() {
  const [{ build }, zod] = await Promise.all([import('esbuild'), import('zod/mini')]);
  const functions = namesInUse().filter((name) => name in zod);
  await build({
    absWorkingDir: root,
    stdin: { contents: `export { ${functions.join(', ')} } from 'zod/mini';`, resolveDir: root },
    outfile: ZOD_BUNDLE,
    bundle: true,
    format: 'esm',
    // A class that is not used is left out only if its fields are known to do nothing.
    target: 'es2022',
    treeShaking: true,
    logLevel: 'warning',
  });
}
