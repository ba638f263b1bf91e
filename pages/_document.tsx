// The document of the kitchen's page: the language, the font, the colours. app/layout.tsx is that of all other pages.
import Document, { Head, Html, Main, NextScript, type DocumentContext, type DocumentInitialProps } from 'next/document';
import { languageTags, LOCALE_COOKIE, pickLocale } from '../components/i18n/locales.ts';
import { description, icons, themeColor } from '../components/ui/about.ts';
import { inter } from '../components/ui/font.ts';
import { LOOK_COOKIE, lookAttributes } from '../components/ui/look.ts';

interface Props {
  lang: string;
  nonce: string;
  look: ReturnType<typeof lookAttributes>;
}

export default class HeardDocument extends Document<Props> {
  static override async getInitialProps(context: DocumentContext): Promise<DocumentInitialProps & Props> {
    const { headers = {}, cookies = {} } = (context.req ?? {}) as {
      headers?: Record<string, string | undefined>;
      cookies?: Record<string, string | undefined>;
    };
    return {
      ...(await Document.getInitialProps(context)),
      lang: languageTags[pickLocale(cookies[LOCALE_COOKIE], headers['accept-language'])],
      nonce: /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1] ?? '',
      look: lookAttributes(cookies[LOOK_COOKIE]),
    };
  }

  override render() {
    const { lang, nonce, look } = this.props;
    return (
      // The page itself changes its look when the device's settings change.
      <Html lang={lang} className={inter.variable} suppressHydrationWarning {...look}>
        <Head nonce={nonce}>
          <meta name="description" content={description} />
          <meta name="theme-color" content={themeColor} />
          <link rel="icon" href={icons.icon} />
          <link rel="apple-touch-icon" href={icons.apple} />
        </Head>
        <body className="antialiased">
          <Main />
          <NextScript nonce={nonce} />
        </body>
      </Html>
    );
  }
}
