// The nonce of this request, for a script that a page writes into itself: without it the browser does not run it.
export const readNonce = (headers: { get(name: string): string | null }): string | undefined => headers.get('x-heard-nonce') ?? undefined;
