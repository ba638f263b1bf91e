// In the demo: the manager's set-up pages of a restaurant, each one tap away.
import { readWords } from '../i18n/server.tsx';
import { manageLink } from './links.ts';

const setUp = ['people', 'devices'] as const;

export async function SetUpList({ restaurant }: { restaurant: { id: string; name: string } }) {
  const t = await readWords('people');
  return (
    <ul aria-label={`${t('nav.label')} · ${restaurant.name}`} className="flex flex-wrap gap-2 pt-2">
      {setUp.map((page) => (
        <li key={page} className="flex-1">
          <a
            href={manageLink(restaurant.id, `/manager/${page}`)}
            className="flex min-h-13 items-center justify-center rounded-xl bg-head px-4 text-[17px] font-bold"
          >
            {t(`nav.${page}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Outside the demo: the links to sign in, and to pair a tablet that has a code. */
export async function WaysIn({ name }: { name: string | null }) {
  const t = await readWords('people');
  const links = [
    name === null ? ['/sign-in', t('signIn.submit')] : ['/manager', t('nav.label')],
    ['/pair', t('pair.title')],
  ] as const;
  return (
    <nav className="flex flex-wrap gap-2 pt-6">
      {links.map(([href, words]) => (
        <a
          key={href}
          href={href}
          className="inline-flex min-h-13 items-center rounded-xl bg-head px-5 text-[17px] font-bold"
        >
          {words}
        </a>
      ))}
    </nav>
  );
}
