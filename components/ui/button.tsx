// Buttons by weight. Their heights are for fingers: 64 px in the kitchen, 52 px on the floor, 40 px at a desk.
import type { ButtonHTMLAttributes } from 'react';

const tones = {
  ready: 'bg-ready-fill text-on-ready',
  warn: 'bg-warn-fill text-on-warn',
  late: 'bg-late-fill text-on-late',
  info: 'bg-info-fill text-on-info',
  plain: 'bg-head text-text',
  outline: 'border border-line bg-panel text-text',
};
const sizes = {
  kitchen: 'min-h-16 px-5 text-[20px]',
  floor: 'min-h-13 px-4 text-[1.0625rem]',
  desk: 'min-h-10 px-3.5 text-[0.9375rem]',
};

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  tone?: keyof typeof tones;
  size?: keyof typeof sizes;
};

export function Button({ tone = 'plain', size = 'kitchen', className = '', ...rest }: ButtonProps) {
  const shape =
    'inline-flex items-center justify-center gap-2.5 rounded-xl font-bold whitespace-nowrap select-none active:brightness-125 disabled:opacity-50';
  return <button type="button" className={`${shape} ${tones[tone]} ${sizes[size]} ${className}`} {...rest} />;
}
