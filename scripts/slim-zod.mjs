// Zod for the browser: only the functions that our screens and the protocol call. Next.js's bundler keeps whole modules
// of it, 9 KB gzipped more than are used. esbuild drops unused functions and makes one file of the rest, which
// next.config.js puts in zod's place.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundles.mjs';

/** The folders whose code may end up in a page. */
const SHIPPED = ['app', 'pages', 'components', 'server/protocol'];
const SLIM_ZOD = 'dist/zod-mini.js';

/** Files of a page that import zod, with their text. */
export function filesWithZod() {
  return SHIPPED.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(path.join(root, folder, file), 'utf8') }))
      .filter(({ text }) => /from 'zod/.test(text)),
  );
}

export async function slimZod() {
  const [{ build }, zod] = await Promise.all([import('esbuild'), import('zod/mini')]);
  const used = filesWithZod().flatMap(({ text }) => [...text.matchAll(/\bz\.(\w+)\b/g)].map(([, name = '']) => name));
  // The other names are types.
  const names = [...new Set(used)].filter((name) => /^[a-z]/.test(name) && name in zod).toSorted();
  const contents = `export { ${names.join(', ')} } from 'zod/mini';`;
  await build({
    stdin: { contents, resolveDir: root },
    absWorkingDir: root,
    outfile: SLIM_ZOD,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'warning',
  });
}
