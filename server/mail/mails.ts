// What e-mails say: what happened, what it means for the kitchen, and what to do.
import type { Mail } from '../db/outbox.ts';
import type { MissingInPartition } from '../kafka/missing.ts';
import type { FailedMessage } from '../settle/settle.ts';

/** Tells the restaurant's people that a message was given up. @param publicUrl without a slash at its end */
export function failedMessageEmail(failed: FailedMessage, publicUrl: string): Mail {
  const id = printable(failed.orderId);
  const api = `${publicUrl}/api/v1`;
  const path = encodeURIComponent(failed.orderId);
  const asOperator = '-H "Authorization: Bearer $OPS_TOKEN"';
  const body = [
    `A change of order ${id} could not be fetched from the order service, in ${failed.attempts} attempts. Heard has stopped trying by itself.`,
    '',
    `Order:      ${id}`,
    ...(failed.number ? [`Number:     ${printable(failed.number)}`] : []),
    ...(failed.restaurantId ? [`Restaurant: ${printable(failed.restaurantId)}`] : []),
    `Message:    partition ${failed.partition}, offset ${failed.offset}`,
    `Last error: ${printable(failed.lastError)}`,
    '',
    'What it means: the kitchen sees this order as it was before that change, or not at all if it is new. Other orders are not affected.',
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
  return {
    subject: `Order ${id}${failed.number ? ` (${printable(failed.number)})` : ''} needs a look: the kitchen may not have its latest change`,
    body,
  };
}

/**
 * Tells the restaurant's people that orders may never reach the kitchen. @param publicUrl without a slash at its end
 */
export function missingMessagesEmail(found: readonly MissingInPartition[], topic: string, publicUrl: string): Mail {
  const total = found.reduce((sum, { missing }) => sum + missing, 0);
  const messages = `${total} message${total === 1 ? '' : 's'}`;
  const body = [
    `The topic ${topic} no longer had ${messages} when Heard came to read them. Heard goes on with those that came later.`,
    '',
    ...found.map(
      ({ partition, from, to, missing, after, before }) =>
        `Partition ${partition}: offsets ${from} to ${to - 1}, ${missing} missing, from ${after ? `after ${after.toISOString()}` : 'an unknown time'} to ${before ? `before ${before.toISOString()}` : 'now'}`,
    ),
    '',
    'What it means: orders that were placed or changed in that time may be missing in the kitchen, or shown as they were before.',
    'The usual cause: Heard was away, or behind, for longer than the topic keeps its messages. Somebody may also have deleted them.',
    '',
    'What to do:',
    '1. Have the ordering platform announce the orders of that time again. What the kitchen has already is not doubled by it.',
    '2. Until then ask the restaurants to check their open orders against the till.',
    '3. See that Heard reads again, and give the topic a longer retention:',
    `   curl -H "Authorization: Bearer $OPS_TOKEN" '${publicUrl}/api/v1/pipeline'`,
    '',
  ].join('\n');
  return { subject: `${messages} of ${topic} are missing: orders may not have reached the kitchen`, body };
}

/** Where the sender puts the link, which is made only then. */
export const LINK_HERE = '{link}';

/** Asks somebody to make an account, or to choose a new password. @param by who asks */
export function invitationEmail({ by, password }: { by: string; password: boolean }): Mail {
  const who = printable(by);
  const body = [
    password
      ? `${who} sends you this link, by which you choose a new password for Heard, the kitchen's display system:`
      : `${who} invites you to Heard, the kitchen's display system. Open this link to make your account:`,
    '',
    LINK_HERE,
    '',
    'It works once, for 72 hours. If you do not know what this is about, do nothing.',
    '',
  ].join('\n');
  return { subject: password ? 'Choose a new password for Heard' : `${who} invites you to Heard`, body };
}

/** To whoever lost their password, or of whom somebody says so. */
export function forgottenEmail(): Mail {
  const body = [
    "Somebody asked for a new password for your account of Heard, the kitchen's display system. Open this link to choose one:",
    '',
    LINK_HERE,
    '',
    'It works once, for an hour. If that was not you, do nothing: your password stays as it is.',
    '',
  ].join('\n');
  return { subject: 'Choose a new password for Heard', body };
}

/** One line without control characters: upstream's text goes into a mail's header. */
const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 500);
/** encodeURIComponent leaves the quote as it is, which would end the shell's string. */
const shellSafe = (encoded: string) => encoded.replaceAll("'", '%27');
