// The frame of every page: the language, the font, the colours, and nothing else.
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import { languageTags } from '../components/i18n/locales.ts';
import { readLocale, Texts } from '../components/i18n/server.tsx';
import { LOOK_COOKIE, lookAttributes } from '../components/ui/look.ts';
import './globals.css';

// From the package, not from Google: a build must not need the internet.
const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
  display: 'swap',
});

// A page is made anew for each request: its scripts carry that request's nonce.
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'Heard', template: '%s · Heard' },
  description: 'The kitchen display that never loses an order',
  icons: { icon: '/icon.svg', apple: '/icon-apple.png' },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover', themeColor: '#0d1117' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const look = lookAttributes((await cookies()).get(LOOK_COOKIE)?.value);
  return (
    // The page itself changes its look as soon as the device is set otherwise.
    <html lang={languageTags[await readLocale()]} className={inter.variable} suppressHydrationWarning {...look}>
      <body className="antialiased">
        <Texts areas={[]}>{children}</Texts>
      </body>
    </html>
  );
}
