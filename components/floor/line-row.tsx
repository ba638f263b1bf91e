'use client';
// One dish of an order as a waiter needs it: quantity, name, modifiers and notes, state, and Serve once it is ready.
import { allergyExcerpt } from '../order/allergy-excerpt.ts';
import { Ban, Sparkle, type IconNode } from 'lucide';
import { readerOf } from '../../server/protocol/readings.ts';
import { itemIdOf, type LineView, type OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import type { DishTag } from '../sold-out/use-dish-tag.ts';
import { Icon } from '../ui/icon.tsx';
import { isLive } from '../order/cards.ts';
import { LineChip } from './line-chip.tsx';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { allergyMark, isAllergyNote } from '../order/allergies.ts';
import { AllergyMarks } from '../order/allergy-band.tsx';
import { ModifierList, UnreadParts } from '../order/modifier-list.tsx';
import { Name } from '../order/name.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { flagWords } from '../order/tags.ts';

interface Props {
  order: OrderView;
  line: LineView;
  stationName: (id: string) => string;
  /** True if the order is canceled. */
  canceled: boolean;
  /** Says that the dish is sold out, or how many are left. */
  tag: DishTag | null;
  /** Absent if there is nothing to serve. */
  onServe?: (() => void) | undefined;
}

export function LineRow({ order, line, stationName, canceled, tag, onServe }: Props) {
  const t = useTranslations('floor');
  const common = useTranslations('common');
  const live = isLive(line);
  const done = live && line.state === 'served';
  const name = !live
    ? 'font-semibold text-late line-through'
    : canceled
      ? 'text-muted line-through'
      : done
        ? 'text-muted'
        : 'font-semibold';
  const station = stationName(line.stationId);
  const ready = live && !canceled && line.state === 'ready';
  const flag = canceled ? null : flagWords(t, common, line, readerOf(order), stationName);
  const chip = !canceled && <LineChip line={line} station={station} />;
  return (
    <li
      data-item-id={itemIdOf(line)}
      data-quantity={line.quantity}
      data-state={live ? line.state : 'voided'}
      data-allergy={(live && !canceled && allergyMark(common, order, line)?.own) || undefined}
      className="flex min-h-12 flex-wrap items-center justify-end gap-x-2.5 border-t border-line px-3.5 py-2"
    >
      {/* Where a button beside the name would leave no room for a whole word, the button goes below. */}
      <div className="grid min-w-0 flex-1 basis-36 grid-cols-[minmax(1.75rem,auto)_minmax(0,1fr)] gap-x-2.5">
        <span className={`text-[1.125rem] leading-6 tabular-nums ${name} font-bold`}>
          {quantityWords(line.quantity, line.unit)}
        </span>
        <div className="min-w-0">
          <p className={`text-[1.0625rem] leading-6 [overflow-wrap:anywhere] ${name}`}>
            <Name>{line.name}</Name>
          </p>
          {live && !canceled && (
            <>
              {flag !== null && (
                <Mark icon={Sparkle} colours="text-info">
                  {flag}
                </Mark>
              )}
              {tag && !done && line.state !== 'ready' && (
                <Mark icon={Ban} colours="text-warn">
                  {tag.words}
                </Mark>
              )}
              {!done && <Details order={order} line={line} />}
            </>
          )}
          {ready && <p className="pt-1">{chip}</p>}
        </div>
      </div>
      {!ready && chip}
      {onServe !== undefined && (
        <button
          type="button"
          data-action="serve"
          onClick={onServe}
          className="min-h-13 shrink-0 rounded-xl bg-ready px-4 text-[1.0625rem] font-bold text-bg active:brightness-110"
        >
          {t('serve')}
        </button>
      )}
    </li>
  );
}

export function Mark({ icon, colours, children }: { icon: IconNode; colours: string; children: string }) {
  return (
    <p className={`flex items-center gap-1.5 text-[0.9375rem] leading-5 font-bold ${colours}`}>
      <Icon of={icon} className="size-4 shrink-0" strokeWidth={2.5} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}

export function Details({ order, line }: { order: OrderView; line: LineView }) {
  const t = useTranslations('floor');
  return (
    <>
      <p className="leading-5 [overflow-wrap:anywhere]">
        <AllergyMarks order={order} line={line} className="text-[1rem] leading-6" />
        <ModifierList
          order={order}
          line={line}
          look={(effect) =>
            effect === 'left-out'
              ? 'text-[1rem] font-extrabold text-late'
              : effect === 'allergy'
                ? 'text-[1rem] font-extrabold text-allergy'
                : 'text-[0.9375rem] text-warn'
          }
        />
        <UnreadParts line={line} className="text-[0.9375rem] leading-6" most={2} />
        {line.seat !== null && (
          <span className="block text-[0.9375rem] text-warn">{t('seat', { seat: isolated(line.seat) })}</span>
        )}
      </p>
      {line.note && (
        <p
          className={`leading-5 [overflow-wrap:anywhere] ${isAllergyNote(order, line) ? 'text-[1rem] font-extrabold text-allergy' : 'line-clamp-3 text-[0.9375rem]'}`}
        >
          “<bdi>{isAllergyNote(order, line) ? allergyExcerpt(line.note, readerOf(order)) : line.note}</bdi>”
        </p>
      )}
    </>
  );
}
