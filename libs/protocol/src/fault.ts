import { NESTING_DEPTH_MAX } from './limits.js';

/** What is wrong with a message, and where: `{ field: 'body.amount', message: 'must be an integer from 0 to ...' }`. */
export interface Fault {
  /** The path of the field (`body.classes.car`, `missing[2]`), or `record` for the whole. */
  readonly field: string;
  readonly message: string;
}

/** One sentence of a fault: `body.amount must be an integer from 0 to 10,000,000`. */
export function faultText(fault: Fault): string {
  return `${fault.field} ${fault.message}`;
}

const KEY_CHARS_MAX = 64;

/** A key of the sender's in a form that may be logged and stored: bounded, printable ASCII. */
export function printableKey(key: string): string {
  return key.slice(0, KEY_CHARS_MAX).replace(/[^\x20-\x7e]/g, '?');
}

/** A fault inside a value, its path still growing while the walk returns: `path` begins with `.` or `[`. */
interface PathFault {
  readonly path: string;
  readonly message: string;
}

type StringCheck = (text: string) => string | null;

/** Walks keys and values of a JSON value; null when all of it passes. Never deeper than the protocol's levels. */
function walk(value: unknown, depth: number, stringFault: StringCheck): PathFault | null {
  if (typeof value === 'string') {
    const message = stringFault(value);
    return message === null ? null : { path: '', message };
  }
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return null;
    return { path: '', message: 'must be an integer within 2^53 - 1' };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth > NESTING_DEPTH_MAX)
    return { path: '', message: `must not be nested deeper than ${NESTING_DEPTH_MAX} levels` };
  return Array.isArray(value)
    ? walkArray(value, depth, stringFault)
    : walkObject(value as Record<string, unknown>, depth, stringFault);
}

function walkArray(items: readonly unknown[], depth: number, stringFault: StringCheck): PathFault | null {
  for (let i = 0; i < items.length; i++) {
    const fault = walk(items[i], depth + 1, stringFault);
    if (fault !== null) return { path: `[${i}]${fault.path}`, message: fault.message };
  }
  return null;
}

function walkObject(object: Record<string, unknown>, depth: number, stringFault: StringCheck): PathFault | null {
  // What came out of JSON.parse inherits nothing that could be counted; a list of its keys would be garbage.
  for (const key in object) {
    const keyMessage = stringFault(key);
    if (keyMessage !== null) return { path: `.${printableKey(key)}`, message: `${keyMessage} (in its name)` };
    const fault = walk(object[key], depth + 1, stringFault);
    if (fault !== null) return { path: `.${printableKey(key)}${fault.path}`, message: fault.message };
  }
  return null;
}

function located(root: string, fault: PathFault | null): Fault | null {
  if (fault === null) return null;
  const path = root + fault.path;
  return { field: path.startsWith('.') ? path.slice(1) : path || 'record', message: fault.message };
}

const loneSurrogate = /\p{Surrogate}/u;
const LONE_SURROGATE_MESSAGE = 'must not contain half of a surrogate pair';
const surrogateFault: StringCheck = (text) => (loneSurrogate.test(text) ? LONE_SURROGATE_MESSAGE : null);
const noFault: StringCheck = () => null;
const nulFault: StringCheck = (text) => (text.includes('\u0000') ? 'must not contain U+0000' : null);

/**
 * True for a JSON text in whose strings there can be neither half of a surrogate pair nor U+0000: both come only as the
 * escape `\\u`, when the text was read from UTF-8. So the one look at it saves looking at every string.
 */
export function hasPlainStrings(jsonText: string): boolean {
  return !jsonText.includes('\\u');
}

/**
 * The faults that leave a value without a canonical form: a lone surrogate, a number that is no integer within
 * 2^53 - 1, more than eight levels.
 * @param plain the value comes from a text that {@link hasPlainStrings}
 */
export function formFault(value: unknown, plain = false): Fault | null {
  return located('', walk(value, 1, plain ? noFault : surrogateFault));
}

/** U+0000 in any key or string below `root` (a name for messages, `''` for the record itself). */
export function nulTextFault(root: string, value: unknown): Fault | null {
  return located(root, walk(value, 1, nulFault));
}
