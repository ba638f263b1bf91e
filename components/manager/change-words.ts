// Words for the changes that people made. Pure.
import type { ChangeEntry, SetupChange } from '../../server/protocol/changes.ts';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import type { Words } from '../i18n/index.ts';

type T = Words<'manager'>;

/**
 * One line for an action; a change of the set-up has one line for each thing that it changed.
 * @param time words for a moment (RFC 3339)
 */
export function changeLines(
  t: T,
  { action, about, detail }: ChangeEntry,
  time: (at: string) => string = (at) => at,
): string[] {
  if (detail.changes !== undefined)
    return detail.changes.length === 0
      ? [t('setup.change.nothing')]
      : detail.changes.map((change) => setupWords(t, change));
  const key = `changes.did.${action}` as 'changes.did.kitchen.note-delay';
  // A change from a newer server.
  if (!t.has(key)) return [t('changes.other', { action, about: about ?? '' })];
  const { role, was, name, note, station, course, on, left, until } = detail;
  const roleWord = (one: string | undefined) =>
    one !== undefined && t.has(`changes.roles.${one}` as 'changes.roles.chef')
      ? t(`changes.roles.${one}` as 'changes.roles.chef')
      : (one ?? t('changes.roles.none'));
  const said = (called: string | undefined, as: string | undefined) =>
    [called, as === undefined ? undefined : roleWord(as)].filter(Boolean).join(', ');
  const words = {
    about: about ?? t(action.startsWith('kitchen') ? 'changes.something' : 'changes.somebody'),
    role: roleWord(role),
    note: note ?? '',
    station: station ?? t('removedStation'),
    course: course ?? 0,
    on: on && left !== undefined ? 'left' : (on ?? note !== undefined) ? 'yes' : 'no',
    left: left === undefined ? '' : quantityWords(left),
    until: on && until !== undefined ? time(until) : 'none',
    was: said(was?.name, was?.role),
    now: said(name ?? was?.name, role ?? was?.role),
  };
  return [t(key, words)];
}

function setupWords(t: T, { what, station = 'none', from, to }: SetupChange): string {
  const none = t('setup.change.none');
  return t(`setup.change.${what}`, { station, from: from || none, to: to || none });
}

/** The person, and the device. */
export function changerWords(t: T, { actor, detail }: ChangeEntry): string {
  const who = actor ?? t('changes.server');
  return [who, detail.device !== undefined && detail.device !== actor && t('changes.on', { device: detail.device })]
    .filter(Boolean)
    .join(' · ');
}
