'use client';
// A link that is shown this once, since the server keeps only its hash.
import { useState } from 'react';
import type { MadeLink } from '../../server/protocol/invitations.ts';
import { useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';

export function LinkOnce({ link: { link, mailed } }: { link: MadeLink }) {
  const t = useTranslations('people');
  const [copied, setCopied] = useState(false);
  // Over plain http browsers give no clipboard: the link can still be selected.
  const copy = () => {
    navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => {},
    );
  };
  return (
    <div data-shown-once className="grid gap-2 rounded-lg border border-ready bg-ready-soft p-3">
      <p className="text-[0.875rem] font-semibold text-ready">
        {t('people.link')}
        {mailed && ` · ${t('people.mailed')}`}
      </p>
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          value={link}
          aria-label={t('people.link')}
          data-link
          onFocus={(event) => event.target.select()}
          className="min-h-10 min-w-0 flex-1 rounded-lg border border-line bg-panel px-2 font-mono text-[0.8125rem]"
        />
        <Button size="desk" tone="outline" onClick={copy}>
          {copied ? t('people.copied') : t('people.copy')}
        </Button>
      </div>
    </div>
  );
}
