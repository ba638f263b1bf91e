// Colours and text size as the server needs them for the first frame of a page: a short cookie, and the attributes of
// <html> that tokens.css and globals.css read.
export const LOOK_COOKIE = 'heard_look';

export const lookCookie = ({ theme, text }: { theme: string; text: string }): string => `${theme}.${text}`;

/**
 * An attribute is undefined if the page's own colours, or the usual size, apply. Only known values come out of any
 * cookie.
 */
export function lookAttributes(cookie: string | undefined): {
  'data-look': string | undefined;
  'data-text': string | undefined;
} {
  const [theme, text] = (cookie ?? '').split('.');
  return {
    'data-look': theme === 'dark' || theme === 'light' ? theme : undefined,
    'data-text': text === 'large' || text === 'largest' ? text : undefined,
  };
}
