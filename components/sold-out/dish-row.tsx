'use client';
// A dish in the list of sold-out dishes. One tap marks it or puts it back; another opens how many are left, and until
// when.
import { Check, CircleSlash, Timer } from 'lucide';
import type { SoldOut } from '../../server/protocol/facts.ts';
import { isGone, type NamedDish } from '../../server/protocol/rules/sold-out.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/index.ts';
import { DishLimits, type AskedOfDish } from './dish-limits.tsx';
import { markWords } from './mark-words.ts';
import { useTelling } from './use-dish-tag.ts';

export interface DishRowProps {
  readonly dish: NamedDish;
  readonly mark: SoldOut | null;
  readonly mayMark: boolean;
  readonly size: 'kitchen' | 'floor';
  readonly opened: boolean;
  readonly onOpen: () => void;
  readonly onChange: (asked: AskedOfDish) => void;
}

export function DishRow({ dish: { name }, mark, mayMark, size, opened, onOpen, onChange }: DishRowProps) {
  const telling = useTelling();
  const { t } = telling;
  const gone = mark !== null && isGone(mark);
  return (
    <li
      data-dish={name}
      data-sold-out={gone}
      data-left={mark?.left ?? undefined}
      className="border-b border-line py-1 pr-3 pl-5 last:border-0"
    >
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 basis-48 py-1 text-[1.375rem] leading-7 font-semibold wrap-anywhere">
          <bdi>{name}</bdi>
          {mark && (
            <span className={`block text-[1rem] leading-6 font-medium ${gone ? 'text-late' : 'text-warn'}`}>
              {markWords(telling, mark)}
            </span>
          )}
        </p>
        {mayMark && (
          <div className="flex gap-2">
            <Button
              data-action="sold-out-details"
              size={size}
              aria-expanded={opened}
              aria-label={t('details', { dish: name })}
              tone={opened ? 'info' : 'plain'}
              onClick={onOpen}
            >
              <Icon of={Timer} aria-hidden className="size-6" />
            </Button>
            <Button
              data-action={gone ? 'available' : 'sold-out'}
              size={size}
              tone={gone ? 'ready' : 'plain'}
              aria-label={t(gone ? 'againDish' : 'markDish', { dish: name })}
              onClick={() => onChange(gone ? { on: false } : { on: true, until: mark?.until ?? null })}
            >
              <Icon of={gone ? Check : CircleSlash} aria-hidden className="size-6" />
              {t(gone ? 'again' : 'mark')}
            </Button>
          </div>
        )}
      </div>
      {mayMark && opened && <DishLimits mark={mark} size={size} onChange={onChange} />}
    </li>
  );
}
