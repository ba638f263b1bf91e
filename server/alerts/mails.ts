// What e-mails say: which order, what it means for the kitchen, and what to do.

export interface FailedMessage {
  orderId: string;
  number?: string | null;
  restaurantId?: string | null;
  attempts: number;
  lastError: string | null;
  partition: number;
  offset: number | bigint;
}

/** Tells the restaurant's people that a message was given up. @param publicUrl without a slash at its end */
export function failedMessageEmail(failed: FailedMessage, publicUrl: string): { subject: string; body: string } {
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
    `Last error: ${printable(failed.lastError ?? 'unknown')}`,
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
  return { subject: `Order ${id}${failed.number ? ` (${printable(failed.number)})` : ''} needs a look: the kitchen may not have its latest change`, body };
}

/** One line without control characters: upstream's text goes into a mail's header. */
const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 500);
/** encodeURIComponent leaves the quote as it is, which would end the shell's string. */
const shellSafe = (encoded: string) => encoded.replaceAll('\'', '%27');
