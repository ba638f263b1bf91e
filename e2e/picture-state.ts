// A state in which every screen is pictured, and the selectors of the elements that must then be on the screens.
import type { Screens, ScreenName } from './picture-stage.ts';
import type { Restaurant, RestaurantSetup } from './restaurant.ts';

/** An element that must be visible: a CSS selector, or a selector and its number of matches. */
type Seen = string | readonly [selector: string, times: number];

export interface PictureState {
  readonly name: string;
  /** A description for people, shown in the list of pictures. */
  readonly shows: string;
  readonly screens: readonly ScreenName[];
  readonly setup?: Partial<RestaurantSetup>;
  /** Runs before the screens are opened. */
  readonly made?: (restaurant: Restaurant) => Promise<void>;
  /** Runs with the screens open. */
  readonly done?: (screens: Screens) => Promise<void>;
  readonly seen: Partial<Record<ScreenName, readonly Seen[]>>;
  /** The same state on a screen with other settings, pictured after all that. */
  readonly variants?: readonly Variant[];
}

export interface Variant {
  readonly name: string;
  readonly screen: ScreenName;
  readonly preferences: Record<string, unknown>;
  readonly size: { width: number; height: number };
  readonly seen: readonly Seen[];
}

export const all = ['kitchen', 'expo', 'floor', 'manager'] as const;
export const tablets = ['kitchen', 'expo', 'floor'] as const;

export const tone = (tone: string): string => `article[data-tone=${tone}]`;
export const state = (state: string): string => `article[data-state=${state}]`;
export const lineState = (state: string): string => `[data-item-id][data-state=${state}]`;
