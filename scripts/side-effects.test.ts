// package.json says which of our files do something by being imported alone (`sideEffects`). The bundlers leave out any
// other file whose exports nobody uses, and so the kitchen's page is 2 KB lighter.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './bundles.mjs';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

test('each file that is imported for its effect alone is listed, so that no bundler leaves it out', () => {
  const { sideEffects } = JSON.parse(read('package.json')) as { sideEffects: string[] };
  const found = ['app', 'components', 'pages', 'server', 'simulator']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'))
    .flatMap((file) =>
      [...read(file).matchAll(/^import '(\.[^']+)';$/gm)].map(([, to]) => path.join(path.dirname(file), to!)),
    )
    // A file of types has no code.
    .filter((file) => file !== 'components/i18n/types.ts');
  expect(found.length).toBeGreaterThan(2);
  expect(sideEffects).toContain('**/*.css');
  for (const file of found) expect(file.endsWith('.css') || sideEffects.includes(file), file).toBe(true);
});
