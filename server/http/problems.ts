// Errors of the HTTP interface as RFC 9457 problem details: the fault, and the way to put it right.
import { STATUS_CODES } from 'node:http';
import type { ProblemDocument } from '../protocol/problem.ts';

/** Members of the document; the pages' own schema types those that pages read. */
type ProblemMembers = Record<string, unknown> & Omit<ProblemDocument, 'detail'>;

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 429 | 500 | 503;

/** Thrown by a handler, answered as problem details. `members` are added to the document, `headers` to the answer. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: ProblemStatus,
    readonly detail: string,
    readonly members: ProblemMembers = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }

  toResponse(): Response {
    const body = {
      type: 'about:blank',
      title: STATUS_CODES[this.status],
      status: this.status,
      detail: this.detail,
      ...this.members,
    };
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { 'content-type': 'application/problem+json', ...this.headers },
    });
  }
}

export const databaseAway = () =>
  new Problem(
    503,
    'The database does not answer now. Nothing was changed that you were not told of: try again in some seconds.',
    {},
    { 'retry-after': '2' },
  );
