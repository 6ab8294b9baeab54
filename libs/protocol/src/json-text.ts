/** The result of reading bytes as JSON text. */
export type DecodedJson =
  | { readonly ok: true; readonly value: unknown; readonly text: string }
  | { readonly ok: false; readonly message: string };

// ignoreBOM keeps a byte-order mark in the text, where JSON.parse refuses it: the protocol has none.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a payload: strict UTF-8 without byte-order mark, then JSON. Of a repeated key the last counts.
 * The message of a failure quotes nothing of the payload.
 */
export function decodeUtf8Json(bytes: Uint8Array): DecodedJson {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { ok: false, message: 'the payload must be UTF-8' };
  }
  try {
    return { ok: true, value: JSON.parse(text), text };
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const where = position === undefined ? '' : ` (it stops being so at character ${position})`;
    const remedy = text.charCodeAt(0) === 0xfeff ? 'the payload must begin without a byte-order mark' : '';
    return { ok: false, message: remedy || `the payload must be JSON${where}` };
  }
}

/** True for the four characters that JSON calls white space. */
function isJsonSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The index after the string that begins at `start` (a quotation mark). */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** `text` from `start` to `end` without the white space around it. */
function withoutSpace(text: string, start: number, end: number): string {
  while (start < end && isJsonSpace(text.charCodeAt(start))) start++;
  while (end > start && isJsonSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * The raw text of each element of a JSON array, byte for byte as it was sent (white space around an element left
 * out), so that one faulty record of a message can be kept as it came. Null when the text is no array.
 * @param text valid JSON, as JSON.parse has accepted it; of other text only the end of this function is promised
 */
export function splitJsonArray(text: string): string[] | null {
  const array = withoutSpace(text, 0, text.length);
  if (array[0] !== '[' || array[array.length - 1] !== ']' || array.length < 2) return null;
  const end = array.length - 1;
  if (withoutSpace(array, 1, end) === '') return [];
  const elements: string[] = [];
  let depth = 0;
  let start = 1;
  let i = 1;
  while (i < end) {
    const character = array[i];
    if (character === '"') {
      i = endOfString(array, i);
      continue;
    }
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    else if (character === ',' && depth === 0) {
      elements.push(withoutSpace(array, start, i));
      start = i + 1;
    }
    i++;
  }
  elements.push(withoutSpace(array, start, end));
  return elements;
}
