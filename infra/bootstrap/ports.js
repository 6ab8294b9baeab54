import { PlainError } from './plain-error.js';
import { freePort, portFault, portHolder } from './processes.js';

/**
 * A port that one of our processes will listen on.
 * @typedef {{variable: string, host: string, port: number}} WantedPort
 */

/**
 * Gives every wanted port a number (0 becomes a free one) and makes sure that it can be had.
 * @param {WantedPort[]} wanted
 * @returns {Promise<Record<string, string>>} the variables to hand to the processes
 * @throws {PlainError} one sentence about the first port that cannot be had
 */
export async function settlePorts(wanted) {
  /** @type {Record<string, string>} */
  const settled = {};
  for (const { variable, host, port } of wanted) {
    const number = port || (await freePort());
    const twin = Object.keys(settled).find((other) => settled[other] === String(number));
    if (twin) throw new PlainError(`${variable} and ${twin} both name port ${number}: give each a port of its own.`);
    const fault = await portFault(host, number);
    if (fault) throw new PlainError(sentence({ variable, host, port: number }, fault));
    settled[variable] = String(number);
  }
  return settled;
}

/** @param {WantedPort} wanted @param {string} fault */
function sentence({ variable, host, port }, fault) {
  if (fault === 'EADDRINUSE') {
    const holder = portHolder(port);
    return `Port ${port} (${variable}) is taken${holder ? ` by ${holder}` : ''}: end that, or set ${variable} to a free port.`;
  }
  if (fault === 'EACCES')
    return `Port ${port} (${variable}) may not be opened by this user: set ${variable} to a port above 1023.`;
  if (fault === 'EADDRNOTAVAIL' || fault === 'ENOTFOUND')
    return `This machine has no address ${host}: correct ${variable.replace('_PORT', '_HOST')}.`;
  return `Port ${port} (${variable}) on ${host} cannot be opened (${fault}): set ${variable} to another port.`;
}
