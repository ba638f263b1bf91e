// The frame of every page: the language, the font and the colours.
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { languageTags } from '../components/i18n/locales.ts';
import { readLocale, readWords, Texts } from '../components/i18n/server.tsx';
import { description, icons, themeColor } from '../components/ui/about.ts';
import { BrowserCheck, nonceIn, NoScript } from '../components/ui/can-run.tsx';
import { inter } from '../components/ui/font.ts';
import { LOOK_COOKIE, lookAttributes } from '../components/ui/look.ts';
import './globals.css';

// A page is rendered for each request, because its scripts carry that request's nonce.
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'Heard', template: '%s · Heard' },
  description,
  icons,
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover', themeColor };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await readWords('common');
  const nonce = nonceIn((await headers()).get('content-security-policy'));
  const look = lookAttributes((await cookies()).get(LOOK_COOKIE)?.value);
  return (
    // The page itself changes its look when the device's settings change.
    <html lang={languageTags[await readLocale()]} className={inter.variable} suppressHydrationWarning {...look}>
      <head>
        <BrowserCheck t={t} nonce={nonce} />
      </head>
      <body className="antialiased">
        <NoScript t={t} />
        <Texts areas={[]}>{children}</Texts>
      </body>
    </html>
  );
}
