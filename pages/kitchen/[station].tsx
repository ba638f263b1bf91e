// The kitchen's screen. The paired device decides the station, and the address does not.
//
// This is the only page of the Pages Router. Measured on 2026-11-30 from the same sources: as a page of the App Router it
// has 218.6 KB of JavaScript, gzipped, and 197.1 KB as it was then. Its limit is 200 KB, which npm test holds
// (scripts/page-weight.mjs); on 2026-12-01 it had 194. Nothing else speaks for a second router: a cold start on a
// throttled tablet takes as long with either (docs/bench/2026-11.md).
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
  return {
    props: {
      screen,
      locale,
      messages: compiledMessages(locale, ['common', 'board', 'find', 'keys', 'soldOut', 'staff']),
    },
  };
};

export default function KitchenPage({
  screen,
  locale,
  messages,
}: InferGetServerSidePropsType<typeof getServerSideProps>) {
  // The document stays the same when its page changes its language.
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
