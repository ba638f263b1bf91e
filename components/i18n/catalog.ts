// All texts, by language and area: one JSON file each, in ICU MessageFormat. Only the server and tests import this
// file. Browsers get the compiled messages of the areas that their page names (server.tsx), and no parser.
import enBoard from './messages/en/board.json';
import enCommon from './messages/en/common.json';
import enExpo from './messages/en/expo.json';
import enFind from './messages/en/find.json';
import enFloor from './messages/en/floor.json';
import enFront from './messages/en/front.json';
import enGuest from './messages/en/guest.json';
import enKeys from './messages/en/keys.json';
import enManager from './messages/en/manager.json';
import enPeople from './messages/en/people.json';
import enSoldOut from './messages/en/sold-out.json';
import enStaff from './messages/en/staff.json';
import type { Locale } from './locales.ts';
import zhBoard from './messages/zh/board.json';
import zhCommon from './messages/zh/common.json';
import zhExpo from './messages/zh/expo.json';
import zhFind from './messages/zh/find.json';
import zhFloor from './messages/zh/floor.json';
import zhFront from './messages/zh/front.json';
import zhGuest from './messages/zh/guest.json';
import zhKeys from './messages/zh/keys.json';
import zhManager from './messages/zh/manager.json';
import zhPeople from './messages/zh/people.json';
import zhSoldOut from './messages/zh/sold-out.json';
import zhStaff from './messages/zh/staff.json';

const en = {
  common: enCommon,
  board: enBoard,
  expo: enExpo,
  find: enFind,
  floor: enFloor,
  front: enFront,
  guest: enGuest,
  keys: enKeys,
  manager: enManager,
  people: enPeople,
  soldOut: enSoldOut,
  staff: enStaff,
};
/** Both languages have the same keys: a catalog of another shape does not compile. */
const zh: typeof en = {
  common: zhCommon,
  board: zhBoard,
  expo: zhExpo,
  find: zhFind,
  floor: zhFloor,
  front: zhFront,
  guest: zhGuest,
  keys: zhKeys,
  manager: zhManager,
  people: zhPeople,
  soldOut: zhSoldOut,
  staff: zhStaff,
};

export type Catalog = typeof en;
export type Area = keyof Catalog;

export const catalog: Record<Locale, Catalog> = { en, zh };
