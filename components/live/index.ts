// What screens use of the live board.
export {
  BoardProvider,
  useBoard,
  useBoardInSlices,
  useClock,
  useConnection,
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
export { forgetScreen } from './keeping.ts';
export { readScreen, SCREEN_HEADER } from './screen-identity.ts';
export type { CommandRequest } from './command-queue.ts';
export type { BoardView } from './board-view.ts';
export type { BoardMessage, UndoneTap } from './notices.ts';
export type { Cause, Connection } from './connection-machine.ts';
