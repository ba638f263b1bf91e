// A Lucide icon, drawn from its shapes. The library's own React component brings 4 KB gzipped of options that no screen
// uses.
import type { IconNode } from 'lucide';
import { createElement, type SVGProps } from 'react';

interface IconProps extends SVGProps<SVGSVGElement> {
  of: IconNode;
}

/** Decorative unless it is given an `aria-label`. Classes set its size and colour, as for text. */
export function Icon({ of, ...props }: IconProps) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden={props['aria-label'] === undefined}
      {...props}
    >
      {of.map(([tag, shape], index) => createElement(tag, { key: index, ...shape }))}
    </svg>
  );
}
