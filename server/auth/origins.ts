// Did one of our own pages send this? Other sites can make a browser send our cookies, but not our Origin.

/**
 * @param host the request's own Host header: a restaurant may reach the server by an address of its network that
 * PUBLIC_URL does not name
 */
export const isOurOrigin = (origin: string, host: string | undefined, publicUrl: string): boolean =>
  URL.canParse(origin) && (new URL(origin).host === host || new URL(origin).origin === new URL(publicUrl).origin);

export interface Sender {
  origin: string | undefined;
  host: string | undefined;
  fetchSite: string | undefined;
}

/**
 * For calls that change something by a cookie's power. Browsers send Origin with each of them; where they do not tell
 * it ("null", for forms of pages without a referrer), Sec-Fetch-Site does, which no script can set.
 */
export function isFromOurPage({ origin, host, fetchSite }: Sender, publicUrl: string): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false;
  if (origin === undefined || origin === 'null') return fetchSite === 'same-origin';
  return isOurOrigin(origin, host, publicUrl);
}
