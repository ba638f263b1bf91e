'use client';
// One dish of an order at the pass: quantity, name, what is special, and an icon for its state. What is missing stands
// out: dishes that are there are green and ticked.
import { Check, CircleDashed, Flame, Pause, X, type IconNode } from 'lucide';
import { readerOf } from '../../server/protocol/readings.ts';
import { itemIdOf, type LineView, type OrderView } from '../../server/protocol/views.ts';
import { Details, Mark } from '../floor/line-row.tsx';
import { useTranslations } from '../i18n/index.ts';
import { allergyMark } from '../order/allergies.ts';
import { isLive } from '../order/cards.ts';
import { Name } from '../order/name.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { flagWords } from '../order/tags.ts';
import type { DishTag } from '../sold-out/use-dish-tag.ts';
import { Icon } from '../ui/icon.tsx';

interface Props {
  readonly order: OrderView;
  readonly line: LineView;
  readonly stationName: (id: string) => string;
  /** Says that the dish is sold out, or how many are left. */
  readonly tag: DishTag | null;
  /** True if the whole order can go out, so that nothing of it is missing. */
  readonly complete: boolean;
}

type Shown = 'waiting' | 'cooking' | 'ready' | 'served' | 'held' | 'voided';

const icons: Record<Shown, IconNode> = {
  waiting: CircleDashed,
  cooking: Flame,
  ready: Check,
  served: Check,
  held: Pause,
  voided: X,
};
const iconColours: Record<Shown, string> = {
  waiting: 'text-muted',
  cooking: 'text-info',
  ready: 'text-ready',
  served: 'text-faint',
  held: 'text-faint',
  voided: 'text-late',
};
const nameColours: Record<Shown, string> = {
  waiting: 'font-semibold',
  cooking: 'font-semibold',
  ready: 'font-medium text-ready',
  served: 'text-faint',
  held: 'text-faint',
  voided: 'font-semibold text-late line-through',
};

export function PassLine({ order, line, stationName, tag, complete }: Props) {
  const t = useTranslations('floor');
  const shown = isLive(line) ? line.state : 'voided';
  const common = useTranslations('common');
  const flag = flagWords(t, common, line, readerOf(order), stationName);
  const colours = complete && shown === 'ready' ? 'font-semibold' : nameColours[shown];
  const missing = shown === 'waiting' || shown === 'cooking' || shown === 'held';
  return (
    <li
      data-item-id={itemIdOf(line)}
      data-quantity={line.quantity}
      data-state={shown}
      data-allergy={(shown !== 'voided' && allergyMark(common, order, line)?.own) || undefined}
      className="grid min-h-(--card-line) grid-cols-[minmax(1.25rem,auto)_minmax(0,1fr)_auto] items-start gap-x-1.5 border-t border-line px-(--card-pad) py-[calc((var(--card-line)-var(--card-name-row)-1px)/2)] text-(length:--card-name) leading-(--card-name-row)"
    >
      <span className={`font-bold tabular-nums ${colours}`}>{quantityWords(line.quantity, line.unit)}</span>
      <div className="min-w-0 wrap-anywhere">
        <p className={colours}>
          {tag && missing && (
            <strong
              data-sold-out-mark
              className={`mr-1.5 inline-block rounded px-1.5 text-[0.8em] leading-[1.25] font-extrabold ${tag.gone ? 'bg-late-deep text-white' : 'bg-warn-soft text-warn'}`}
            >
              {tag.words}
            </strong>
          )}
          <Name>{line.name}</Name>
        </p>
        {shown === 'voided' && <p className="text-[0.9375rem] leading-5 font-bold text-late">{t('state.voided')}</p>}
        {flag !== null && (
          <Mark icon={CircleDashed} colours="text-info">
            {flag}
          </Mark>
        )}
        {shown !== 'voided' && shown !== 'served' && <Details order={order} line={line} />}
      </div>
      <Icon
        of={icons[shown]}
        role="img"
        aria-label={t(`state.${shown}`)}
        className={`h-(--card-name-row) w-4.5 shrink-0 ${iconColours[shown]}`}
        strokeWidth={shown === 'ready' || shown === 'voided' ? 3.5 : 2.5}
      />
    </li>
  );
}
