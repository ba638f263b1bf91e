'use client';
// The part of a screen's foot that turns its pages. It counts the cards on the other pages, with the age of their oldest
// and the rushes among them.
import { ChevronLeft, ChevronRight, type IconNode } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Digits } from '../ui/index.ts';
import { clock } from '../ui/rich.tsx';

/** The cards that are not on this page. */
export interface OutOfView {
  /** Held ones not counted. */
  readonly count: number;
  readonly held: number;
  /** In ms since 1970. Null if none of them has an age. */
  readonly oldest: number | null;
  readonly rushed: number;
}

export interface PageTurnerProps {
  readonly page: number;
  readonly pageCount: number;
  readonly onPage: (page: number) => void;
  readonly hidden: OutOfView;
  /** Leaves the count out on a phone, where something else needs its room. */
  readonly brief?: boolean;
}

export function PageTurner({ page, pageCount, onPage, hidden, brief = false }: PageTurnerProps) {
  const t = useTranslations('common.pages');
  if (pageCount < 2) return null;
  return (
    <nav aria-label={t('label')} className="ml-auto flex shrink-0 items-stretch">
      {hidden.count + hidden.held > 0 && (
        <p
          data-hidden={hidden.count}
          data-hidden-held={hidden.held || undefined}
          data-hidden-rush={hidden.rushed || undefined}
          className={`flex flex-col justify-center px-4 text-right text-[1rem] leading-5 text-muted max-sm:px-2 ${brief && hidden.rushed === 0 ? 'max-sm:hidden' : ''}`}
        >
          {hidden.count > 0 && (
            <strong className="text-warn">
              <Digits>{t('hidden', { count: hidden.count })}</Digits>
            </strong>
          )}
          {hidden.held > 0 && <Digits>{t('held', { count: hidden.held })}</Digits>}
          <span>
            {hidden.rushed > 0 && (
              <strong className="mr-2 rounded bg-text px-1 font-extrabold whitespace-nowrap text-bg tabular-nums">
                {t('rushed', { count: hidden.rushed })}
              </strong>
            )}
            {hidden.oldest !== null && t.rich('oldest', { age: clock(hidden.oldest, 'font-bold text-text', '00:00') })}
          </span>
        </p>
      )}
      <Turn
        action="previous-page"
        label={t('previous')}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
        icon={ChevronLeft}
      />
      <p className="flex items-center px-2 font-bold whitespace-nowrap tabular-nums">
        <span className="max-lg:sr-only">{t('page')}&nbsp;</span>
        <Digits>{`${page + 1} / ${pageCount}`}</Digits>
      </p>
      <Turn
        action="next-page"
        label={t('next')}
        disabled={page === pageCount - 1}
        onClick={() => onPage(page + 1)}
        icon={ChevronRight}
      />
    </nav>
  );
}

interface TurnProps {
  readonly action: string;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly icon: IconNode;
}

function Turn({ action, label, disabled, onClick, icon }: TurnProps) {
  return (
    <button
      type="button"
      data-action={action}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
      className="grid min-h-16 min-w-18 place-items-center border-l border-line active:bg-press disabled:opacity-30 max-sm:min-w-16"
    >
      <Icon of={icon} className="size-9" strokeWidth={2.5} />
    </button>
  );
}
