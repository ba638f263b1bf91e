// The HTML of a form before any script has run.
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Form, Submit } from './form.tsx';

const rendered = (early: boolean) =>
  renderToString(
    <Form early={early} onSubmit={() => {}}>
      <input name="password" />
      <Submit>Send</Submit>
    </Form>,
  );

test.each([false, true])(
  'a form as the server renders it cannot be sent, and would not write its fields into the address (early: %s)',
  (early) => {
    const html = rendered(early);
    expect(/<form[^>]*>/.exec(html)?.[0]).toContain('method="post"');
    expect(/<button[^>]*>/.exec(html)?.[0]).toMatch(/type="submit".*disabled=""/);
    expect(/<fieldset[^>]*>/.exec(html)?.[0].includes('disabled')).toBe(!early);
  },
);
