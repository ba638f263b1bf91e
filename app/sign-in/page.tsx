// The sign-in of managers and operators. `next` leads to a page of ours only.
import type { Metadata } from 'next';
import { readWords, Texts } from '../../components/i18n/server.tsx';
import { DeskPage } from '../../components/accounts/desk-page.tsx';
import { nextPath } from '../../components/accounts/next-path.ts';
import { SignInForm } from '../../components/accounts/sign-in-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords('people'))('signIn.title') };
}

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { next } = await searchParams;
  return (
    <Texts areas={['people']}>
      <DeskPage>
        <SignInForm next={nextPath(next)} />
      </DeskPage>
    </Texts>
  );
}
