// The marks that somebody must notice on an order: changes from upstream that the kitchen has not seen yet, sold-out
// dishes, and allergies.
import type { AllergyReader } from '../../server/protocol/readings.ts';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import type { Words } from '../i18n/index.ts';
import { formerWords, shortened } from './former-words.ts';
import type { ModifierTexts } from './modifier-words.ts';
import { wayOf } from './place.ts';

/** The mark of a dish that upstream changed or a screen moved. Null if there is nothing to notice. */
export function flagWords(
  t: Words<'floor'>,
  common: ModifierTexts,
  line: LineView,
  reader: AllergyReader,
  stationName: (id: string) => string,
): string | null {
  const { flag } = line;
  if (flag === null || line.voided || flag.kind === 'voided') return null;
  if (flag.kind === 'moved')
    return flag.from?.stationId === undefined
      ? t('flag.moved')
      : t('flag.movedFrom', { station: stationName(flag.from.stationId) });
  if (flag.kind === 'added') return t('flag.added');
  const was = formerWords(common, line, reader);
  return was ? t('flag.was', { was }) : t('flag.changed');
}

/** Changes of the whole order that a station has not acknowledged, each once. */
export function noticeWords(t: Words<'floor'>, order: OrderView): string[] {
  const words = order.tickets
    .flatMap(({ notices }) => notices)
    .map(({ kind, from }) => {
      if (kind === 'table') return from ? t('notice.table', { was: from }) : t('notice.tableNew');
      if (kind === 'allergies') return t('notice.allergies');
      if (kind === 'note') return from ? t('notice.note', { was: shortened(from) }) : t('notice.noteNew');
      if (kind === 'type')
        return from ? t('notice.type', { was: wayOf(t, { type: from }) ?? '' }) : t('notice.typeNew');
      if (kind === 'came' || kind === 'went') return t(`notice.${kind}`, { number: from ?? '–' });
      if (kind === 'taken-off') return t('notice.takenOff', { number: from ?? '–' });
      if (kind === 'made-before') return t('notice.madeBefore', { number: from ?? '–' });
      return kind === 'reused' ? t('notice.reused') : null;
    });
  return [...new Set(words.filter((word) => word !== null))];
}
