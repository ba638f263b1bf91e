// A button in the header of the kitchen's and the pass's screens: an icon over a word, at least 64 px. `headButton`
// holds its classes, for header buttons that other folders make (Find, staff).
import type { IconNode } from 'lucide';
import { Icon } from './icon.tsx';

/** On a phone the buttons share its width, and a word too long for its share takes two rows. */
export const headButton =
  'min-h-16 min-w-16 flex-col gap-0.5! border-l border-line px-2 text-[0.9375rem] leading-5 font-semibold whitespace-nowrap select-none active:bg-press max-sm:px-0.5 max-sm:text-[0.8125rem] max-sm:leading-4 max-sm:[&>span]:whitespace-normal sm:min-w-19 [&>svg]:size-6';

export interface HeadButtonProps {
  readonly action: string;
  readonly label: string;
  readonly icon: IconNode;
  readonly onClick: () => void;
  readonly alert?: boolean;
}

export function HeadButton({ action, label, icon, onClick, alert = false }: HeadButtonProps) {
  return (
    <button
      type="button"
      data-action={action}
      onClick={onClick}
      className={`flex items-center justify-center ${headButton} ${alert ? 'text-late' : ''}`}
    >
      <Icon of={icon} />
      <span>{label}</span>
    </button>
  );
}
