'use client';
// The rows of a dish's modifiers, and of the parts of it that could not be read. Each screen gives the looks.
import { readerOf } from '../../server/protocol/readings.ts';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { modifierRows, type ModifierEffect, type ModifierTexts } from './modifier-words.ts';

interface Props {
  order: Pick<OrderView, 'readings'>;
  line: Pick<LineView, 'modifiers'>;
  /** The classes of a row. */
  look: (effect: ModifierEffect) => string;
}

export function ModifierList({ order, line, look }: Props) {
  const t = useTranslations('common');
  return modifierRows(t, line.modifiers, readerOf(order)).map(({ text, effect, depth }, index) => (
    // Equal modifiers may come twice, and in any order; a row has no state.
    <span
      // oxlint-disable-next-line react/no-array-index-key
      key={index}
      data-modifier={effect}
      className={`block ${look(effect)}`}
      {...(depth > 0 && { style: { paddingInlineStart: `${depth}em` } })}
    >
      {text}
    </span>
  ));
}

interface UnreadProps {
  line: Pick<LineView, 'unread'>;
  className: string;
  /** The number of parts that are named one by one; the others are counted. All are named where it is not given. */
  most?: number;
}

export function unreadWords(t: ModifierTexts, { unread }: Pick<LineView, 'unread'>, most = unread.length): string[] {
  const named = unread.slice(0, most).map((part) => t('unread', { part }));
  return unread.length > most ? [...named, t('unreadMore', { count: unread.length - most })] : named;
}

/** Loud, because the dish may be cooked wrongly. */
export function UnreadParts({ line, className, most }: UnreadProps) {
  const t = useTranslations('common');
  return unreadWords(t, line, most).map((words) => (
    <span key={words} data-unread className={`block ${className}`}>
      <span className="rounded-sm bg-late-deep box-decoration-clone px-1.5 font-extrabold text-white print:bg-transparent print:text-black print:underline">
        {words}
      </span>
    </span>
  ));
}
