// The parts of the live board that screens use.
export {
  BoardProvider,
  useBoard,
  useBoardInSlices,
  useClock,
  useConnection,
  useHasBoard,
  useHealth,
  useLink,
  useNow,
  useOrder,
  usePending,
  useScreen,
  useSend,
  useShown,
  useStore,
} from './hooks.tsx';
export { forgetScreen } from './offline/device-storage.ts';
export { readScreen, SCREEN_HEADER } from './connection/screen-identity.ts';
export type { CommandRequest } from './store/command-queue.ts';
export type { BoardView } from './store/board-view.ts';
export type { BoardMessage, UndoneTap } from './store/notices.ts';
export type { Cause, Connection } from './connection/connection-machine.ts';
