// The states in which every screen is pictured: how guests, upstream and other tablets bring each one about, and the
// elements that must then be on the screens. The kitchen's screen is that of the station Curry.
import type { PictureState } from './picture-state.ts';
import { boardStates } from './picture-states-boards.ts';
import { changeStates } from './picture-states-changes.ts';
import { workStates } from './picture-states-work.ts';

export const states: readonly PictureState[] = [...boardStates, ...changeStates, ...workStates];
