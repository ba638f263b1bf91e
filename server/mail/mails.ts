// The texts of e-mails: the event, its meaning for the kitchen, and the steps to take.
import type { Mail } from '../db/outbox.ts';
import type { MissingInPartition } from '../kafka/missing.ts';
import type { FailedMessage } from '../settle/settle.ts';

/** A message was given up. @param publicUrl without a slash at its end */
export function failedMessageEmail(failed: FailedMessage, publicUrl: string): Mail {
  const id = printable(failed.orderId);
  const api = `${publicUrl}/api/v1`;
  const path = encodeURIComponent(failed.orderId);
  const asOperator = '-H "Authorization: Bearer $OPS_TOKEN"';
  const body = [
    line(
      `A change of order ${id} could not be fetched from the order service, in ${failed.attempts} attempts.`,
      'Heard has stopped trying by itself.',
    ),
    '',
    `Order:      ${id}`,
    ...(failed.number ? [`Number:     ${printable(failed.number)}`] : []),
    ...(failed.restaurantId ? [`Restaurant: ${printable(failed.restaurantId)}`] : []),
    `Message:    partition ${failed.partition}, offset ${failed.offset}`,
    `Last error: ${printable(failed.lastError)}`,
    '',
    line(
      'What it means: the kitchen sees this order as it was before that change, or not at all if it is new.',
      'Other orders are not affected.',
    ),
    'A later change of the same order fetches all of it, and then puts this right by itself.',
    '',
    'What to do:',
    '1. Ask the restaurant to check the order, by its number or table, against the till.',
    '2. See whether the order service answers for it, and what Heard has:',
    `   curl ${asOperator} '${api}/orders/${shellSafe(path)}'`,
    '3. Find the row, then try it again, or discard it if the kitchen need not know:',
    `   curl ${asOperator} '${api}/parked?state=FAILED&orderId=${shellSafe(path)}'`,
    `   curl -X POST ${asOperator} '${api}/parked/ID-OF-THE-ROW/retry'`,
    `   curl -X POST ${asOperator} '${api}/parked/ID-OF-THE-ROW/discard'`,
    '',
  ].join('\n');
  const order = failed.number ? `${id} (${printable(failed.number)})` : id;
  return { subject: `Order ${order} needs a look: the kitchen may not have its latest change`, body };
}

/** Orders may never reach the kitchen. @param publicUrl without a slash at its end */
export function missingMessagesEmail(found: readonly MissingInPartition[], topic: string, publicUrl: string): Mail {
  const total = found.reduce((sum, { missing }) => sum + missing, 0);
  const messages = `${total} message${total === 1 ? '' : 's'}`;
  const body = [
    line(
      `The topic ${topic} no longer had ${messages} when Heard came to read them.`,
      'Heard goes on with those that came later.',
    ),
    '',
    ...found.map(({ partition, from, to, missing, after, before }) => {
      const since = after ? `after ${after.toISOString()}` : 'an unknown time';
      const until = before ? `before ${before.toISOString()}` : 'now';
      return `Partition ${partition}: offsets ${from} to ${to - 1}, ${missing} missing, from ${since} to ${until}`;
    }),
    '',
    line(
      'What it means: orders that were placed or changed in that time may be missing in the kitchen,',
      'or shown as they were before.',
    ),
    line(
      'The usual cause: Heard was away, or behind, for longer than the topic keeps its messages.',
      'Somebody may also have deleted them.',
    ),
    '',
    'What to do:',
    line(
      '1. Have the ordering platform announce the orders of that time again.',
      'What the kitchen has already is not doubled by it.',
    ),
    '2. Until then ask the restaurants to check their open orders against the till.',
    '3. See that Heard reads again, and give the topic a longer retention:',
    `   curl -H "Authorization: Bearer $OPS_TOKEN" '${publicUrl}/api/v1/pipeline'`,
    '',
  ].join('\n');
  return { subject: `${messages} of ${topic} are missing: orders may not have reached the kitchen`, body };
}

/** The sender puts the link in its place; the link is made only then. */
export const LINK_HERE = '{link}';

/** Asks a person to make an account, or to choose a new password. @param by the name of the one that asks */
export function invitationEmail({ by, password }: { by: string; password: boolean }): Mail {
  const sender = printable(by);
  const body = [
    password
      ? `${sender} sends you this link, by which you choose a new password for Heard, the kitchen's display system:`
      : `${sender} invites you to Heard, the kitchen's display system. Open this link to make your account:`,
    '',
    LINK_HERE,
    '',
    'It works once, for 72 hours. If you do not know what this is about, do nothing.',
    '',
  ].join('\n');
  return { subject: password ? 'Choose a new password for Heard' : `${sender} invites you to Heard`, body };
}

/** For a lost password. Somebody else may have claimed the loss, so the text says that doing nothing is safe. */
export function forgottenEmail(): Mail {
  const body = [
    line(
      "Somebody asked for a new password for your account of Heard, the kitchen's display system.",
      'Open this link to choose one:',
    ),
    '',
    LINK_HERE,
    '',
    'It works once, for an hour. If that was not you, do nothing: your password stays as it is.',
    '',
  ].join('\n');
  return { subject: 'Choose a new password for Heard', body };
}

/** A long line of the text, in parts that fit the source. */
const line = (...parts: string[]) => parts.join(' ');
/** One line without control characters: upstream's text goes into a mail's header. */
const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 500);
/** encodeURIComponent leaves the quote as it is, which would end the shell's string. */
const shellSafe = (encoded: string) => encoded.replaceAll("'", '%27');
