'use client';
// Two buttons for orders out of view: on a busy evening the cards of the pass are taller than its screen. Each button
// counts the orders above or below the visible part, shows the age of their oldest, and scrolls there.
import { ChevronDown, ChevronUp, type IconNode } from 'lucide';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { clock } from '../ui/rich.tsx';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { FloorCard } from '../order/cards.ts';
import { outOfView, type Viewport, type Sides, turnDown, turnUp } from './in-view.ts';

/** The bar's height. Cards behind the bar count as out of view. The bar is there whenever any card is. */
const BAR = { px: 65, height: 'h-[65px]' };
const none: Sides = { above: [], below: [] };

interface Props {
  /** The element that contains the cards, each named by `data-order-id`. */
  root: RefObject<HTMLElement | null>;
  cards: readonly FloorCard[];
}

export function OutOfView({ root, cards }: Props) {
  const t = useTranslations('floor.outOfView');
  const sides = useSides(root, cards);
  const firedAt = new Map(cards.map((card) => [card.order.id, card.firedAt]));
  const oldest = (ids: readonly string[]) => Math.min(...ids.flatMap((id) => firedAt.get(id) ?? []));
  const turn = (to: (viewport: Viewport) => number) => {
    if (root.current) scrollBy({ top: to(viewportOf(root.current)) });
  };
  if (!sides.above.length && !sides.below.length) return null;
  return (
    <nav
      aria-label={t('label')}
      className={`pointer-events-auto grid ${BAR.height} grid-cols-2 border-t border-line bg-panel`}
    >
      {/* Each button keeps its half even if the other is missing, so a finger that taps on finds it in the same
          place. */}
      <Turn
        side="above"
        count={sides.above.length}
        oldest={oldest(sides.above)}
        onTurn={() => turn(turnUp)}
        icon={ChevronUp}
      />
      <Turn
        side="below"
        count={sides.below.length}
        oldest={oldest(sides.below)}
        onTurn={() => turn(turnDown)}
        icon={ChevronDown}
      />
    </nav>
  );
}

interface TurnProps {
  side: 'above' | 'below';
  count: number;
  /** In ms since 1970. */
  oldest: number;
  onTurn: () => void;
  icon: IconNode;
}

function Turn({ side, count, oldest, onTurn, icon }: TurnProps) {
  const t = useTranslations('floor.outOfView');
  // An order that has just left is still in the list until this frame's layout was measured.
  if (!Number.isFinite(oldest)) return <span />;
  return (
    <button
      type="button"
      data-action={`show-${side}`}
      data-count={count}
      onClick={onTurn}
      className="flex min-w-0 items-center justify-center gap-4 px-3 text-left text-[1rem] leading-5 text-muted tabular-nums active:bg-press [&+button]:border-l [&+button]:border-line"
    >
      <Icon of={icon} className="size-9 shrink-0 text-text" strokeWidth={2.5} />
      <span>
        <strong className="block text-warn">{t(side, { count })}</strong>
        {t.rich('oldest', { age: clock(oldest, 'font-bold text-text') })}
      </span>
    </button>
  );
}

/** Measured whenever the page scrolls, or an element on it gets another place or height. */
function useSides(root: RefObject<HTMLElement | null>, cards: readonly FloorCard[]): Sides {
  const [sides, setSides] = useState(none);
  const [measure] = useState(() => () => {
    if (!root.current) return;
    const now = outOfView(viewportOf(root.current));
    setSides((before) =>
      before.above.join() === now.above.join() && before.below.join() === now.below.join() ? before : now,
    );
  });
  useLayoutEffect(measure, [measure, cards]);
  useEffect(() => {
    const sizes = new ResizeObserver(measure);
    // The whole body is observed, because the page's header also grows and moves the cards.
    sizes.observe(document.body);
    // Cards get their places by the style of their cells (use-packing.ts), which may leave the body's height unchanged.
    const places = new MutationObserver(measure);
    if (root.current) places.observe(root.current, { subtree: true, attributeFilter: ['style'] });
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      sizes.disconnect();
      places.disconnect();
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [measure, root]);
  return sides;
}

function viewportOf(root: HTMLElement): Viewport {
  const header = document.querySelector('header');
  return {
    top: header?.getBoundingClientRect().bottom ?? 0,
    bottom: innerHeight - BAR.px,
    cards: [...root.querySelectorAll<HTMLElement>('[data-order-id]')].map((card) => {
      const { top, bottom } = card.getBoundingClientRect();
      const head = card.querySelector('header')?.getBoundingClientRect();
      return { id: card.dataset['orderId'] ?? '', top, bottom, headBottom: head?.bottom ?? top };
    }),
  };
}
