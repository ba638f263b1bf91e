// The reason why the server does not let a screen in. It comes as an error of the socket, or, where no socket is opened
// at all, as the body of the answer, which a browser can read by polling only.
import { ConnectRefusal } from '../../../server/protocol/messages.ts';

/** The error of a `connect_error`, as engine.io-client makes it for an answer that opens no session. */
interface TransportError {
  readonly description?: unknown;
  readonly context?: { readonly responseText?: unknown };
}

/** @returns null where the server was not reached, or gave no reason that a screen knows */
export function refusalByAnswer(error: object): ConnectRefusal | null {
  const { description, context }: TransportError = error;
  if (description !== 403 || typeof context?.responseText !== 'string') return null;
  try {
    const { message } = JSON.parse(context.responseText) as { message?: unknown };
    return ConnectRefusal.safeParse(message).data ?? null;
  } catch {
    return null;
  }
}
