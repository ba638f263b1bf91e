// A page ships only the zod functions that it calls. The build finds the calls only if zod is imported in the one form
// that it knows.
import { expect, it } from 'vitest';
import { filesWithZod } from './slim-zod.mjs';

it('is imported by pages and by the protocol as a namespace of zod/mini, everywhere', () => {
  const files = filesWithZod();
  expect(files.length).toBeGreaterThan(5);
  expect(
    files
      .filter(({ text }) => !text.includes("import * as z from 'zod/mini';") || /from 'zod'/.test(text))
      .map(({ file }) => file),
  ).toEqual([]);
});
