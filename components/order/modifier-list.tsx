'use client';
// The rows of a dish's modifiers, and of the parts of it that could not be read. Each screen gives the looks.
import type { LineView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { isolated } from '../i18n/isolate.ts';
import { modifierRows, type ModifierEffect } from './modifier-words.ts';

interface Props {
  line: Pick<LineView, 'modifiers'>;
  /** The classes of a row. */
  look: (effect: ModifierEffect) => string;
}

export function ModifierList({ line, look }: Props) {
  const t = useTranslations('common');
  return modifierRows(t, line.modifiers).map(({ text, effect, depth }, index) => (
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

/** Loud, because the dish may be cooked wrongly. */
export function UnreadParts({ line, className }: { line: Pick<LineView, 'unread'>; className: string }) {
  const t = useTranslations('common');
  return line.unread.map((part) => (
    <span key={part} data-unread className={`block ${className}`}>
      <span className="rounded-sm bg-late-deep box-decoration-clone px-1.5 font-extrabold text-white print:bg-transparent print:text-black print:underline">
        {t('unread', { part: isolated(part) })}
      </span>
    </span>
  ));
}
