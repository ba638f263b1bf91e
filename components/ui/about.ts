// What every page's head says of the product.
export const description = 'The kitchen display that never loses an order';
export const icons = { icon: '/icon.svg', apple: '/icon-apple.png' };
export const themeColor = '#0d1117';
