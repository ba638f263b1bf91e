// The kitchen's screen. Which station it shows is decided by the device that it is paired as, never by the address. It
// alone is a page of the Pages Router, whose client is 21 KB smaller, gzipped, than the App Router's: it is opened cold
// on cheap tablets.
import type { GetServerSideProps, InferGetServerSidePropsType } from 'next';
import Head from 'next/head';
import { useEffect } from 'react';
import { KitchenScreen } from '../../components/kitchen/kitchen-screen.tsx';
import { BrokenPageBoundary } from '../../components/front/broken-page.tsx';
import { LanguageProvider, useTranslations } from '../../components/i18n/index.ts';
import { compiledMessages, type CompiledMessages } from '../../components/i18n/compiled.ts';
import { languageTags, LOCALE_COOKIE, pickLocale, type Locale } from '../../components/i18n/locales.ts';
import { readScreen } from '../../components/live/connection/screen-identity.ts';
import type { ScreenIdentity } from '../../server/protocol/views.ts';

interface Props {
  screen: ScreenIdentity;
  locale: Locale;
  messages: CompiledMessages;
}

export const getServerSideProps: GetServerSideProps<Props> = async ({ req: { headers, cookies } }) => {
  const screen = readScreen({ get: (name) => headers[name]?.toString() ?? null });
  if (!screen) return { redirect: { destination: '/not-paired', permanent: false } };
  const locale = pickLocale(cookies[LOCALE_COOKIE], headers['accept-language']);
  return { props: { screen, locale, messages: compiledMessages(locale, ['common', 'board', 'find', 'staff']) } };
};

export default function KitchenPage({
  screen,
  locale,
  messages,
}: InferGetServerSidePropsType<typeof getServerSideProps>) {
  // A page that takes on another language is the same document.
  useEffect(() => void (document.documentElement.lang = languageTags[locale]), [locale]);
  return (
    <LanguageProvider locale={locale} messages={messages}>
      <Title station={screen.station?.name} />
      <BrokenPageBoundary>
        <KitchenScreen screen={screen} />
      </BrokenPageBoundary>
    </LanguageProvider>
  );
}

function Title({ station }: { station: string | undefined }) {
  const roles = useTranslations('common.roles');
  return (
    <Head>
      <title>{`${station ?? roles('kitchen')} · Heard`}</title>
    </Head>
  );
}
