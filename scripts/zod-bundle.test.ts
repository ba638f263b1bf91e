import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as zod from 'zod/mini';
import { root } from './bundles.mjs';
import { bundleZod, FOLDERS, namesInUse, ZOD_BUNDLE } from './zod-bundle.mjs';

test('every file that pages may import takes zod in the one way that its names are read from', () => {
  const others = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => {
        const text = readFileSync(path.join(root, folder, file), 'utf8');
        return [...text.matchAll(/^import .*'(zod.*)';$/gm)].map(([line]) => `${folder}/${file}: ${line}`);
      })
      .filter((line) => !line.endsWith(": import * as z from 'zod/mini';")),
  );
  expect(others).toEqual([]);
});

test('the bundle has every function that is used, and parses as zod does', async () => {
  await bundleZod();
  const bundled = (await import(path.join(root, ZOD_BUNDLE))) as typeof zod;
  expect(Object.keys(bundled).sort()).toEqual(namesInUse().filter((name) => name in zod));
  for (const z of [zod, bundled]) {
    const schema = z.object({
      of: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), n: z.number().check(z.gte(1)) })]),
      list: z.optional(z.array(z.enum(['x', 'y']))),
      rest: z.catch(z.record(z.string(), z.nullable(z.boolean())), {}),
    });
    expect(schema.parse({ of: { kind: 'a', n: 1 }, list: ['x'], rest: 3 })).toEqual({
      of: { kind: 'a', n: 1 },
      list: ['x'],
      rest: {},
    });
    const { error } = schema.safeParse({ of: { kind: 'a', n: 0 }, list: ['z'] });
    expect(error!.issues.map((issue) => issue.path.join('.'))).toEqual(['of.n', 'list.0']);
  }
});
