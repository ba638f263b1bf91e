// What app/layout.tsx is to the other pages: styles, font, and what is shown of a page that broke.
import type { AppProps } from 'next/app';
import Head from 'next/head';
import '../app/globals.css';
// Next.js sends a font's styles with the page and this frame only, not with _document.tsx, which names it.
import '../components/ui/font.ts';

export default function App({ Component, pageProps }: AppProps) {
  return (
    <>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      </Head>
      <Component {...pageProps} />
    </>
  );
}
