// The product's name and its purpose.
import type { ReactNode } from 'react';
import { readWords } from '../i18n/server.tsx';

export async function Title({ children }: { children: ReactNode }) {
  const t = await readWords('front');
  return (
    <header className="pb-8">
      <h1 className="text-[44px] leading-none font-extrabold tracking-tight md:text-[60px]">Heard.</h1>
      <p className="pt-4 text-[22px] leading-8 font-semibold text-balance">{t('tagline')}</p>
      <p className="max-w-2xl pt-2 text-[18px] leading-7 text-muted">{children}</p>
    </header>
  );
}
