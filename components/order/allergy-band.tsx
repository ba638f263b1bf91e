'use client';
// The warning of what guests must not have: over the full width, above the dishes, in a colour used for nothing else.
// Every screen and sheet that a dish passes draws this band, and the marks below it at the dishes.
import { TriangleAlert } from 'lucide';
import { readerOf } from '../../server/protocol/readings.ts';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { isCanceled } from '../../server/protocol/status.ts';
import { useTranslations } from '../i18n/index.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { Icon } from '../ui/icon.tsx';
import { allergyMark, allergyRows, foodWords } from './allergies.ts';

/** The band's words, for `data-allergy` and the accessible description. Undefined where there is no band. */
export function useAllergyWords(order: OrderView, lines: readonly LineView[]): string | undefined {
  const t = useTranslations('common');
  if (isCanceled(order)) return undefined;
  const words = allergyRows(t, order, lines).flatMap(({ title, quotes }) => [title, ...quotes]);
  return words.length ? words.join('; ') : undefined;
}

/** `className` sets its text and padding. */
export function AllergyBand({
  id,
  order,
  ticketId,
  lines,
  className,
}: {
  id?: string;
  order: OrderView;
  /** The ticket whose station's "Seen" is shown. Without it, that of the hand-over. */
  ticketId?: string;
  lines: readonly LineView[];
  className: string;
}) {
  const t = useTranslations('common');
  const rows = isCanceled(order) ? [] : allergyRows(t, order, lines);
  if (!rows.length) return null;
  const { allergySeen: seen } =
    ticketId === undefined ? order : (order.tickets.find(({ id: own }) => own === ticketId) ?? order);
  return (
    <div
      id={id}
      data-allergy-band
      className={`flex items-center gap-2.5 border-y-3 border-allergy bg-allergy-fill py-1 font-extrabold text-on-allergy ${className}`}
    >
      <Icon of={TriangleAlert} className="size-[1.25em] shrink-0" strokeWidth={2.5} />
      <span className="min-w-0 wrap-anywhere">
        {rows.map(({ lineId, title, quotes }) => (
          <span key={lineId ?? 'order'}>
            <span className="block">{title}</span>
            {quotes.map((quote) => (
              <span key={quote} className="block">
                “<bdi>{quote}</bdi>”
              </span>
            ))}
          </span>
        ))}
        {seen?.by && <span className="block font-semibold">✓ {t('allergy.seenBy', { by: isolated(seen.by) })}</span>}
      </span>
    </div>
  );
}

/** At a dish: what its own guest must not have and, louder, that the dish holds it. */
export function AllergyMarks({ order, line, className }: { order: OrderView; line: LineView; className: string }) {
  const t = useTranslations('common');
  const mark = isCanceled(order) ? null : allergyMark(t, order, line);
  if (!mark) return null;
  return (
    <>
      {mark.meets && (
        <span data-allergy-meets className={`block font-extrabold ${className}`}>
          <span className="bg-allergy-fill box-decoration-clone px-1 text-on-allergy">{mark.meets}</span>
        </span>
      )}
      {mark.own && <span className={`block font-extrabold text-allergy ${className}`}>{mark.own}</span>}
    </>
  );
}

/** What the dish holds, as its menu says: for a guest who asks, and no warning. */
export function Contains({ order, line, className }: { order: OrderView; line: LineView; className: string }) {
  const t = useTranslations('common');
  if (!line.allergens.length) return null;
  return (
    <span className={`block text-muted ${className}`}>
      {t('allergy.contains', { what: foodWords(t, line.allergens, readerOf(order)) })}
    </span>
  );
}
