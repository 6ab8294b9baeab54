import { invariant } from '@app/kernel';

/** Far above the protocol's eight levels: a caller that skipped the envelope check gets an error, not a full stack. */
const WRITABLE_DEPTH_MAX = 64;

/**
 * The canonical text of a JSON value (RFC 8785, JCS): no white space, keys sorted by UTF-16 code units, strings and
 * numbers as ECMAScript writes them, so `2000.0` and `1e3` become the integers they are and `-0` becomes `0`.
 * Two values are the same when their canonical texts are equal; a MAC is computed over its UTF-8 bytes.
 * A member that is undefined is left out, as JSON.stringify does. Throws InvariantError on what is no JSON, or a number
 * that is no integer within 2^53 - 1. A lone surrogate is not looked for: the envelope check refuses it before.
 */
export function canonicalJson(value: unknown): string {
  return isInOrder(value, 1) ? JSON.stringify(value) : write(value, 1);
}

/**
 * True when JSON.stringify writes the canonical text as it is, which it does at half the cost: a terminal that seals the
 * canonical text mostly sends it too. False says nothing.
 */
function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || depth > WRITABLE_DEPTH_MAX) return false;
  if (Array.isArray(value)) return value.every((item) => isInOrder(item, depth + 1));
  let before = '';
  for (const key in value) {
    if (key < before || !isInOrder((value as Members)[key], depth + 1)) return false;
    before = key;
  }
  return true;
}

/**
 * The canonical text of a record without one top-level field: what `mac` or `sig` is computed over.
 * The record is not copied.
 */
export function canonicalJsonWithout(record: object, field: 'mac' | 'sig'): string {
  return writeObject(record as Members, 1, field);
}

type Members = Readonly<Record<string, unknown>>;

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      invariant(Number.isSafeInteger(value), 'a canonical form has integers within 2^53 - 1 only');
      return value === 0 ? '0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
      invariant(typeof value === 'object', `a canonical form has no ${typeof value}`);
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value as Members, depth, null);
  }
}

function writeArray(items: readonly unknown[], depth: number): string {
  invariant(depth <= WRITABLE_DEPTH_MAX, 'a canonical form is not written deeper than 64 levels');
  let text = '[';
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ',') + write(items[i], depth + 1);
  return text + ']';
}

function writeObject(object: Members, depth: number, without: string | null): string {
  invariant(depth <= WRITABLE_DEPTH_MAX, 'a canonical form is not written deeper than 64 levels');
  // A key `__proto__` that came out of JSON.parse is an own property and is read like any other.
  const keys = sortKeys(Object.keys(object));
  let text = '{';
  for (const key of keys) {
    const member = object[key];
    if (key === without || member === undefined) continue;
    text += (text.length === 1 ? '' : ',') + quote(key) + ':' + write(member, depth + 1);
  }
  return text + '}';
}

// Text that needs no escape is most text, and quoting it oneself halves the cost of a record.
const plainText = /^[ !#-[\]-~]*$/;

function quote(text: string): string {
  return plainText.test(text) ? `"${text}"` : JSON.stringify(text);
}

const INSERTION_SORT_KEYS_MAX = 16;

/**
 * Sorts keys in place by UTF-16 code units (RFC 8785 section 3.2.3), which is how ECMAScript compares strings. The few
 * keys of a record are sorted by insertion, several times as fast as the engine's sort; a long list is left to that.
 */
function sortKeys(keys: string[]): string[] {
  if (keys.length > INSERTION_SORT_KEYS_MAX) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let j = i - 1;
    while (j >= 0 && keys[j]! > key) {
      keys[j + 1] = keys[j]!;
      j -= 1;
    }
    keys[j + 1] = key;
  }
  return keys;
}
