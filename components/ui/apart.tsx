// A box with layout and paint containment, for text that changes each second or with each change of the board. Sixty
// clocks in such boxes take a slow tablet half the time, as long as nothing outside the boxes changes in the same
// frame.
import type { ReactNode } from 'react';

export interface ApartProps {
  /** The text with a nought for each digit. It sets the box's width, since all digits are as wide as a nought. */
  readonly shape: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export const shapeOf = (text: string): string => text.replaceAll(/\d/g, '0');

export function Apart({ shape, className = '', children }: ApartProps) {
  return (
    <span
      data-shape={shape}
      className={`relative inline-block whitespace-nowrap tabular-nums before:invisible before:content-[attr(data-shape)] ${className}`}
    >
      <span className="absolute inset-0 contain-strict">{children}</span>
    </span>
  );
}

/** A text in which usually only digits change. */
export function Digits({ children: text }: { children: string }) {
  return <Apart shape={shapeOf(text)}>{text}</Apart>;
}
