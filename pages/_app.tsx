// The frame of the kitchen's page inside the document: its styles and its font.
import type { AppProps } from 'next/app';
import Head from 'next/head';
import '../app/globals.css';
// _document.tsx names the font, but Next.js sends a font's styles only where a page or this frame imports it.
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
