// The ports of `npm run up`. A port that people use is the one that they asked for. The database's and the broker's
// give way to another program.
import { LocalError, freePort, isFree } from './process.mjs';

/**
 * @param {'PORT' | 'SIMULATOR_PORT'} variable
 * @param {number} usual
 */
export async function portFor(variable, usual) {
  const port = Number(process.env[variable] || usual);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new LocalError(`${variable} must be a port from 1 to 65535.`);
  if (!(await isFree(port)))
    throw new LocalError(
      `Port ${port} is taken by another program: end that one, or choose another port, ` +
        `such as ${variable}=${port + 1} npm run up.`,
    );
  return port;
}

/**
 * @param {number} usual
 * @param {string} name
 * @param {(line: string) => void} log
 */
export async function portNear(usual, name, log) {
  if (await isFree(usual)) return usual;
  const port = await freePort();
  log(`port ${usual} is taken by another program: ${name} uses ${port}`);
  return port;
}
