// The inner size of an element, kept up to date.
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { usePreferences } from '../ui/index.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
  /**
   * The page's text size, in CSS pixels. It is read only here, because reading it at each render makes the browser
   * recompute all styles.
   */
  readonly text: number;
}

export function useSize(): [RefObject<HTMLDivElement | null>, Size | null] {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  const { text } = usePreferences();
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return undefined;
    const read = () => {
      const next = {
        width: watched.clientWidth,
        height: watched.clientHeight,
        text: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      };
      setSize((former) =>
        former?.width === next.width && former.height === next.height && former.text === next.text ? former : next,
      );
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(watched);
    return () => observer.disconnect();
  }, [text]);
  return [element, size];
}
