// The floors (layers) of server/, components/ and components/live/, from the top down. Each of the three is a house, and
// its folders are rooms. A room may import only rooms below it. Lint enforces that (oxlint.config.mjs), and
// scripts/floors.test.ts shows that it does. Each reason describes the room, and so explains why no room below may know
// it.

/** @typedef {readonly [room: string, reason: string]} Floor */

/** @type {Record<'server' | 'components' | 'components/live', readonly Floor[]>} */
export const floors = {
  server: [
    ['web', 'web/ is the front door: it puts the routes of all other rooms behind one address'],
    ['socket', 'socket/ is the gateway to the screens: it asks the rooms below and is asked by none'],
    ['operator', "operator/ answers operators' calls: its answers are decided below it"],
    ['insight', "insight/ answers managers' questions: its answers come from the rooms below it"],
    ['guest', "guest/ is the guest's page: an order does not know its readers"],
    ['kitchen', 'kitchen/ carries out taps: settlement and the feed work without a tap'],
    ['auth', 'auth/ decides on permissions: code that runs for a person does not check them again'],
    [
      'mail',
      'mail/ tells people what happened: the outbox row is written below, by the transaction that it is part of',
    ],
    ['monitor', 'monitor/ measures the pipeline: the pipeline does not depend on being measured'],
    ['kafka', 'kafka/ reads the topic and hands messages down: the rooms below do not know where a message came from'],
    ['retry', 'retry/ tries parked messages again: a settlement does not know whether it is a retry'],
    ['archive', 'archive/ takes old rows out of the hot tables: nothing that settles an order waits for it'],
    ['ingest', 'ingest/ decides when an order is worked on: how one is settled does not depend on it'],
    ['settle', 'settle/ decides and writes in one transaction: its callers stand above'],
    ['feed', 'feed/ tells screens of a change: it knows the order and not why it changed'],
    ['order', 'order/ is the model: it knows neither tables of the pipeline nor the authors of its changes'],
    ['allergies', 'allergies/ reads texts in many languages: the rules of the kitchen decide on the effect'],
    ['fetch', 'fetch/ calls the order API within its limits: the use of an answer is decided above'],
    ['upstream', 'upstream/ is the contract with the ordering platform: it knows nothing of Heard'],
    ['db', 'db/ is the way to PostgreSQL: the rooms above decide on the data'],
    ['http', 'http/ is the kit that all routes are made with: it knows no route'],
    ['protocol', 'protocol/ is the contract with the screens: browser and server share it'],
    ['config', 'config/ reads groups of settings from raw variables: it knows no part that uses them'],
    ['lib', 'lib/ holds queues, rounds and deadlines, which know nothing of orders'],
  ],
  components: [
    ['manager', "manager/ is the manager's screens: no other screen is made of them"],
    ['guest', "guest/ is the guest's page: no other screen is made of it"],
    ['front', 'front/ is the first page and the frame of simple pages: no screen is made of it'],
    ['expo', "expo/ is the screen at the pass: it is built from the floor's parts, and the floor not from its"],
    ['floor', "floor/ is the waiters' screen: the kitchen does not know it"],
    ['kitchen', "kitchen/ is the cooks' screen: code that other screens share with it belongs in order/ or ui/"],
    ['keys', 'keys/ is the keyboard or bump bar of a screen: the screen decides on the effect of a key'],
    ['find', 'find/ is a sheet in the header of every screen: it does not know the screen'],
    ['sold-out', 'sold-out/ is the list of sold-out dishes and their tags: it does not know the screen'],
    ['staff', 'staff/ changes the person at a screen: accounts and devices do not know PINs'],
    ['devices', 'devices/ pairs screens and lists them: accounts do not know devices'],
    ['accounts', 'accounts/ is people and their sign-in, with the forms that devices/ and staff/ use, too'],
    ['order', 'order/ reads an order as all screens do: which screen shows it is decided above'],
    ['cards', 'cards/ lays cards out on pages: it knows neither tickets nor orders'],
    ['ui', 'ui/ holds the building blocks of screens: it knows no order'],
    ['live', "live/ holds a screen's data, storage and connection: it draws nothing"],
    ['i18n', 'i18n/ holds the texts: it does not know where they stand'],
    ['http', 'http/ calls the server: pages decide what to ask and what to show'],
  ],
  'components/live': [
    ['store', 'store/ is the one store of a screen: it uses all parts below and none of them knows it'],
    ['offline', 'offline/ keeps boards and taps on the device: the page and the connection work without'],
    ['page', 'page/ watches the page itself: the connection does not know whether the page draws'],
    ['connection', 'connection/ is the way to the server: the board is a value and has no way to anything'],
    ['board', 'board/ is the board as a value: states, deltas and guesses, without an effect'],
  ],
};

/** The files at the top of a house, which may use all of its rooms. */
const overAll = {
  server: '(main|server|pipeline|screens)\\.ts',
  components: '[a-z-]+\\.tsx?',
  'components/live': '(index\\.ts|hooks\\.tsx)',
};

/**
 * For each room of a house: the import patterns that lint forbids there, each with its reason. They cover the imports
 * forbidden to the whole house, the rooms above, and the files at its top.
 * @param {keyof typeof floors} house
 * @param {{ group?: string[], regex?: string, message: string }[]} [ofHouse]
 */
export const rooms = (house, ofHouse = []) =>
  floors[house].map(([room], floor) => ({
    files: [`${house}/${room}/**`],
    patterns: [
      ...ofHouse,
      {
        regex: `^(\\.\\./)+${overAll[house]}$`,
        message: `${house}/${room} stands below the files that use all rooms.`,
      },
      ...floors[house].slice(0, floor).map(([above, reason]) => ({
        regex: `^(\\.\\./)+${above}/`,
        message: `${house}/${room} stands below ${house}/${above}: ${reason}.`,
      })),
    ],
  }));
