// Links to the screens of a restaurant, each big enough for a thumb.
import { BellRing, ChefHat, ChevronRight, ClipboardCheck, LayoutDashboard } from 'lucide';
import type { Role } from '../../server/protocol/domain.ts';
import { readWords } from '../i18n/server.tsx';
import { Icon } from '../ui/icon.tsx';

export interface ScreenEntry {
  href: string;
  role: Role;
  name: string;
}

const icons = { kitchen: ChefHat, expo: ClipboardCheck, floor: BellRing, manager: LayoutDashboard } as const;

export async function ScreenList({ label, entries }: { label: string; entries: readonly ScreenEntry[] }) {
  const t = await readWords('front');
  return (
    <ul aria-label={label} className="grid gap-2">
      {entries.map(({ href, role, name }) => {
        const icon = icons[role];
        return (
          <li key={href}>
            {/* A plain link without prefetch: following it pairs or chooses a device, so it must never be fetched
                before the tap. */}
            <a
              href={href}
              className="flex min-h-16 items-center gap-4 rounded-xl bg-head px-4 py-2 active:brightness-125"
            >
              <Icon of={icon} className="size-6 shrink-0 text-ready" />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-[19px] leading-6 font-bold">{name}</span>
                <span className="block truncate text-[15px] leading-5 text-muted">{t(`what.${role}`)}</span>
              </span>
              <Icon of={ChevronRight} className="size-5 shrink-0 text-faint" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
