// What both documents, the kitchen's and that of all other pages, say to a browser that cannot run them: the check of
// its features, which runs before every script that starts the page, and the sentence for one without JavaScript.
import type { Words } from '../i18n/index.ts';
import { OLDEST, oldBrowserScript } from './old-browser.ts';

/** For the head. The browser hides a script's nonce from the page, so React finds another one there. */
export function BrowserCheck({ t, nonce }: { t: Words<'common'>; nonce: string }) {
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: oldBrowserScript(t('browser.old', OLDEST)) }}
    />
  );
}

/** For the body. It covers the page, none of which would come to life. */
export function NoScript({ t }: { t: Words<'common'> }) {
  return (
    <noscript>
      <div className="fixed inset-0 z-50 grid place-content-center bg-white p-6 text-center text-black">
        <p className="max-w-xl text-[1.5rem] leading-snug font-bold">{t('browser.noScript')}</p>
      </div>
    </noscript>
  );
}

/** The nonce of this request's scripts, out of the policy that server/web/http.ts sets. */
export const nonceIn = (policy: string | null | undefined): string => /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';
