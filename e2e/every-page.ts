// The pages of a restaurant's screens, and those that anybody may open.
import type { DeviceSetup } from './restaurant.ts';

export const SCREENS: readonly (readonly [DeviceSetup['role'], station?: string])[] = [
  ['kitchen', 'Grill'],
  ['expo'],
  ['floor'],
  ['manager'],
];
export const OPEN_PAGES = ['/', '/not-paired', '/there-is-none', '/sign-in', '/forgotten', '/invite', '/pair'];
