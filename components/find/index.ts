// Find an order: mounted in the head of every screen. Its page names the area `find` in its texts.
export { FindButton } from './find-button.tsx';
