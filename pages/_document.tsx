// The document of the kitchen's page: the language, the font, the colours. app/layout.tsx is that of all other pages.
import Document, { Head, Html, Main, NextScript, type DocumentContext, type DocumentInitialProps } from 'next/document';
import { translatorOf } from '../components/i18n/compiled.ts';
import { languageTags, LOCALE_COOKIE, pickLocale, type Locale } from '../components/i18n/locales.ts';
import { description, icons, themeColor } from '../components/ui/about.ts';
import { BrowserCheck, nonceIn, NoScript } from '../components/ui/can-run.tsx';
import { inter } from '../components/ui/font.ts';
import { LOOK_COOKIE, lookAttributes } from '../components/ui/look.ts';

interface Props {
  locale: Locale;
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
      locale: pickLocale(cookies[LOCALE_COOKIE], headers['accept-language']),
      nonce: nonceIn(headers['content-security-policy']),
      look: lookAttributes(cookies[LOOK_COOKIE]),
    };
  }

  override render() {
    const { locale, nonce, look } = this.props;
    const t = translatorOf(locale, 'common');
    return (
      // The page itself changes its look when the device's settings change.
      <Html lang={languageTags[locale]} className={inter.variable} suppressHydrationWarning {...look}>
        <Head nonce={nonce}>
          <BrowserCheck t={t} nonce={nonce} />
          <meta name="description" content={description} />
          <meta name="theme-color" content={themeColor} />
          <link rel="icon" href={icons.icon} />
          <link rel="apple-touch-icon" href={icons.apple} />
        </Head>
        <body className="antialiased">
          <NoScript t={t} />
          <Main />
          <NextScript nonce={nonce} />
        </body>
      </Html>
    );
  }
}
