// The search for an order, mounted in the header of every screen. A page that uses it must send the texts of the area
// `find`.
export { FindButton, type FindButtonProps } from './find-button.tsx';
