// The product's description, icons and colour, for the head of every page.
export const description = 'The kitchen display that never loses an order';
export const icons = { icon: '/icon.svg', apple: '/icon-apple.png' };
export const themeColor = '#0d1117';
