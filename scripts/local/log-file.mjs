// Reads the log files of the programs that `npm run up` starts.
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

const POLL_MS = 300;

/** @param {string} file */
export function lastLine(file) {
  const text = existsSync(file) ? readFileSync(file, 'utf8').slice(-4000) : '';
  const line =
    text
      .trimEnd()
      .split('\n')
      .findLast((candidate) => candidate.trim() !== '' && !/^\s+at |^Node\.js v/.test(candidate)) ?? 'it said nothing.';
  return wordsOf(line)?.words ?? line;
}

/**
 * Prints each warning and error that a server's log gets from now on, the same one at most once in ten seconds.
 * @param {string} file
 * @param {(line: string) => void} say
 * @returns {() => Promise<void>} stops it, after a last look
 */
export function echoTrouble(file, say) {
  let offset = existsSync(file) ? readFileSync(file).length : 0;
  let rest = '';
  /** @type {Map<string, number>} */
  const lastPrinted = new Map();
  const printNew = () => {
    const handle = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(Math.max(0, fstatSync(handle).size - offset));
      offset += readSync(handle, buffer, 0, buffer.length, offset);
      const lines = (rest + buffer.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const entry = wordsOf(line);
        // Next.js logs its successes in a format of its own.
        if (!line.trim() || /^\s*([✓▲○]|(GET|HEAD|POST|PUT|DELETE) \/)/.test(line) || (entry && !entry.trouble))
          continue;
        const words = entry?.words ?? line;
        if (Date.now() - (lastPrinted.get(words) ?? 0) < 10_000) continue;
        lastPrinted.set(words, Date.now());
        say(words);
      }
    } finally {
      closeSync(handle);
    }
  };
  const timer = setInterval(printNew, POLL_MS);
  return async () => {
    clearInterval(timer);
    printNew();
  };
}

/**
 * An entry of the server's JSON log in words. Undefined for another kind of line, such as a stack.
 * @param {string} line
 */
function wordsOf(line) {
  try {
    const { level, time: _time, msg, ...fields } = JSON.parse(line);
    const more = Object.entries(fields)
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' ');
    return {
      trouble: ['warn', 'error', 'fatal'].includes(level),
      words: `${level}: ${msg}${more ? ` (${more})` : ''}`,
    };
  } catch {
    return undefined;
  }
}
