// The rules for migrations: while a server of this version migrates, servers of the version before go on working on the
// same tables, through the whole evening if need be. So a migration only expands, and holds no lock for long. The rules
// look at each statement of a migration.sql; prisma/migrations is checked by scripts/migration-rules.test.ts.

/** Applied before there were rules: they stay as they are, since an applied migration is never changed. */
export const BASELINE = [
  '20261124044148_archived_orders',
  '20261125151413_courses_sold_out_confirmations',
  '20261125151744_people',
  '20261125155147_times_and_stories',
  '20261125184434_changes_of_a_restaurant',
  '20261130220744_ends_of_tables',
  '20261130221046_history_look_ups',
  '20261201011918_sold_out_counts',
];

/**
 * A comment before a statement that takes something away. It names the release that used it no more, which is the last
 * one or an earlier one: `-- contract: 0.3.0 reads it no more`.
 */
const CONTRACT = /--\s*contract:\s*\d+\.\d+\.\d+\s+\S/i;

/**
 * @typedef {object} Rule
 * @property {RegExp} finds
 * @property {RegExp} [unless]
 * @property {string} instead
 * @property {true} [contract] allowed with the comment
 */
/** For each action of ALTER TABLE on a table that was there before. @type {Rule[]} */
const ACTIONS = [
  {
    finds: /^ADD (?:COLUMN )?(?!CONSTRAINT\b|CHECK\b|UNIQUE\b|PRIMARY\b|FOREIGN\b|EXCLUDE\b).*\bNOT NULL\b/i,
    unless: /\bDEFAULT\b/i,
    instead: 'the version before inserts rows without it: give it a DEFAULT, or allow NULL',
  },
  {
    finds: /^ADD (?:COLUMN )?.*\bDEFAULT\s+(?:\w+\.)?(?:gen_random_uuid|uuid\w*|random|clock_timestamp|nextval)\b/i,
    instead: 'PostgreSQL writes the whole table anew for it: add the column without a default, and fill it in batches',
  },
  {
    finds: /^ADD (?:CONSTRAINT \S+ )?(?:CHECK|FOREIGN KEY)/i,
    unless: /\bNOT VALID$/i,
    instead: 'all rows are looked at under a lock: add it NOT VALID, and VALIDATE CONSTRAINT in another migration',
  },
  {
    finds: /^ADD (?:CONSTRAINT \S+ )?(?:UNIQUE|PRIMARY KEY|EXCLUDE)/i,
    unless: /\bUSING INDEX\b/i,
    instead:
      'it builds an index under a lock: CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT ... USING INDEX',
  },
  { finds: /^DROP (?!CONSTRAINT\b|NOT NULL\b)/i, instead: 'the version before still reads it', contract: true },
  { finds: /^RENAME\b/i, instead: 'the version before knows the former name: add a new one, and fill both' },
  {
    finds: /^ALTER (?:COLUMN )?\S+ (?:SET DATA )?TYPE\b/i,
    instead: 'it may write the table anew under a lock, and the version before expects the former type: add a column',
  },
  {
    finds: /^ALTER (?:COLUMN )?\S+ SET NOT NULL/i,
    instead: 'the version before may write none, and all rows are looked at under a lock',
    contract: true,
  },
  {
    finds: /^ALTER (?:COLUMN )?\S+ DROP DEFAULT/i,
    instead: 'the version before inserts rows without it',
    contract: true,
  },
];

/** For each other statement. @type {Rule[]} */
const STATEMENTS = [
  {
    finds: /^DROP (?:TABLE|VIEW|TYPE|SCHEMA|FUNCTION|SEQUENCE)\b/i,
    instead: 'the version before still reads it',
    contract: true,
  },
  {
    finds: /^DROP INDEX (?!CONCURRENTLY\b)/i,
    instead: 'it waits for all readers, and all others wait for it: DROP INDEX CONCURRENTLY',
  },
  { finds: /^REINDEX\b/i, unless: /CONCURRENTLY/i, instead: 'it holds back writers: REINDEX ... CONCURRENTLY' },
  {
    finds: /^(?:UPDATE|DELETE|TRUNCATE|MERGE)\b/i,
    instead: 'it holds its locks until all rows are done: let the server do it in batches, as server/archive/ does',
  },
  { finds: /^ALTER TYPE\b.*\b(?:RENAME|ADD) VALUE\b/i, instead: 'the version before cannot read the new value' },
  { finds: /^(?:LOCK|VACUUM|CLUSTER)\b/i, instead: 'it holds back everybody' },
];

/**
 * @param {string} sql a migration.sql
 * @returns {string[]} a line for each statement that breaks a rule
 */
export function migrationFaults(sql) {
  const statements = statementsOf(sql);
  const made = new Set(statements.flatMap(({ text }) => tableAfter(/^CREATE TABLE (?:IF NOT EXISTS )?/i, text) ?? []));
  return statements.flatMap(({ text, contract }) => {
    const index = /^CREATE (?:UNIQUE )?INDEX (CONCURRENTLY )?.*?\bON /i.exec(text);
    if (index) {
      if (index[1])
        return statements.length > 1 ? [`${short(text)}: it must be the only statement of its migration`] : [];
      return made.has(tableAfter(/^CREATE (?:UNIQUE )?INDEX .*?\bON (?:ONLY )?/i, text) ?? '')
        ? []
        : [`${short(text)}: writers wait until it is built: CREATE INDEX CONCURRENTLY, alone in its migration`];
    }
    const table = tableAfter(/^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?/i, text);
    if (table !== undefined && made.has(table)) return [];
    const parts = table === undefined ? [text] : actionsOf(text);
    return parts.flatMap((part) =>
      (table === undefined ? STATEMENTS : ACTIONS)
        .filter(({ finds, unless }) => finds.test(part) && !unless?.test(part))
        .filter((rule) => !(rule.contract && contract))
        .map(({ instead, contract: allowed }) => `${short(text)}: ${instead}${allowed ? CONTRACT_WORDS : ''}`),
    );
  });
}

const CONTRACT_WORDS =
  ' (once the last release does not use it any more, say so in a line before: -- contract: 0.3.0 reads it no more)';
const short = (/** @type {string} */ text) => (text.length > 70 ? `${text.slice(0, 70)}...` : text);

/** @param {RegExp} before @param {string} text @returns {string | undefined} the name of the table, without its schema */
function tableAfter(before, text) {
  const found = before.exec(text);
  if (!found) return undefined;
  const name = /^(?:(?:"[^"]+"|\w+)\.)?("[^"]+"|\w+)/.exec(text.slice(found[0].length))?.[1];
  return name?.replaceAll('"', '').toLowerCase();
}

/** The actions of an ALTER TABLE: it is cut at commas outside of parentheses and quotes. @param {string} text */
function actionsOf(text) {
  const actions = text.replace(/^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(?:(?:"[^"]+"|\w+)\.)?(?:"[^"]+"|\w+) /i, '');
  const parts = [''];
  let depth = 0;
  for (const [piece] of actions.matchAll(/'(?:[^']|'')*'|"[^"]*"|[(),]|[^'"(),]+/g)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim());
}

/**
 * Cut at semicolons outside of quotes, comments and function bodies. White space is one space, comments are left out.
 * @param {string} sql
 */
function statementsOf(sql) {
  const statements = [{ text: '', contract: false }];
  const last = () => /** @type {{ text: string, contract: boolean }} */ (statements.at(-1));
  const tokens = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|(\$\w*\$)[\s\S]*?\1|;|\s+|[^\s;'"$/-]+|./g;
  for (const [piece] of sql.matchAll(tokens)) {
    if (piece === ';') statements.push({ text: '', contract: false });
    else if (piece.startsWith('--') || piece.startsWith('/*')) last().contract ||= CONTRACT.test(piece);
    else last().text += /^\s+$/.test(piece) ? ' ' : piece;
  }
  return statements
    .map(({ text, contract }) => ({ text: text.replaceAll(/ +/g, ' ').trim(), contract }))
    .filter(({ text }) => text);
}
