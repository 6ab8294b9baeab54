/** What one environment variable may hold, and how its text becomes a value. */
export interface Setting<T> {
  /** The variable's name in the environment. */
  readonly variable: string;
  /** What it is for, one sentence for an operator. */
  readonly about: string;
  /** What its text may be, in words ("1-65535"), for the table and for error messages. */
  readonly range: string;
  /** The default as an operator would write it; undefined where there is none. */
  readonly defaultText: string | undefined;
  /** Said in the table in the place of a missing default. */
  readonly whenAbsent: string | undefined;
  /** A secret's value never appears in a message, a log or the table. */
  readonly secret: boolean;
  /** The value of this text, or undefined when it is not within `range`. */
  readonly parse: (text: string) => T | undefined;
  /** The value when the variable is absent. */
  readonly absent: T;
}

/** What a setting may say beyond its name and purpose. */
interface Extra {
  readonly secret?: boolean;
  readonly whenAbsent?: string;
}

function setting<T>(
  variable: string,
  about: string,
  range: string,
  defaultText: string | undefined,
  parse: (text: string) => T | undefined,
  absent: T,
  extra: Extra = {},
): Setting<T> {
  const { secret = false, whenAbsent } = extra;
  return { variable, about, range, defaultText, whenAbsent, secret, parse, absent };
}

/** A whole number from `min` to `max`, both included. */
export function integer(variable: string, fallback: number, min: number, max: number, about: string): Setting<number> {
  const parse = (text: string): number | undefined => {
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  };
  return setting(variable, about, `whole number ${min} to ${max}`, String(fallback), parse, fallback);
}

/** A TCP port; 0 takes any free one. */
export function port(variable: string, fallback: number, about: string): Setting<number> {
  return { ...integer(variable, fallback, 0, 65_535, about), range: 'port, 0 to 65535 (0: any free one)' };
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration written `250ms`, `60s`, `10m`, `25h` or `60d`; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
  return match ? Number(match[1]) * UNIT_MS[match[2]!]! : undefined;
}

/** A duration from `min` to `max` (texts as in {@link durationMs}); the value is in milliseconds. */
export function duration(variable: string, fallback: string, min: string, max: string, about: string): Setting<number> {
  const [fallbackMs, minMs, maxMs] = [fallback, min, max].map((text) => durationMs(text) ?? NaN) as [
    number,
    number,
    number,
  ];
  const parse = (text: string): number | undefined => {
    const value = durationMs(text);
    return value !== undefined && value >= minMs && value <= maxMs ? value : undefined;
  };
  return setting(variable, about, `duration ${min} to ${max} (ms, s, m, h, d)`, fallback, parse, fallbackMs);
}

/** One word out of a few. */
export function choice<T extends string>(
  variable: string,
  fallback: T,
  choices: readonly T[],
  about: string,
): Setting<T> {
  const parse = (text: string): T | undefined => choices.find((word) => word === text);
  return setting(variable, about, choices.join(', '), fallback, parse, fallback);
}

/** Any of a few words, parted by commas; none by default. */
export function someOf<T extends string>(
  variable: string,
  choices: readonly T[],
  about: string,
): Setting<readonly T[]> {
  const parse = (text: string): readonly T[] | undefined => {
    const words = text.split(',').map((word) => word.trim() as T);
    return words.every((word) => choices.includes(word)) ? words : undefined;
  };
  const range = `any of ${choices.join(', ')}, parted by commas`;
  return setting<readonly T[]>(variable, about, range, undefined, parse, [], { whenAbsent: 'none' });
}

/** Text with a default. */
export function text(variable: string, fallback: string, about: string): Setting<string> {
  return setting(variable, about, 'text', fallback, (value) => value, fallback);
}

/** Text that may be absent, of at least `lengthMin` characters and of the `pattern`. */
export function optionalText(
  variable: string,
  about: string,
  extra: Extra & { lengthMin?: number; pattern?: RegExp; range?: string } = {},
): Setting<string | undefined> {
  const {
    lengthMin = 1,
    pattern = /^/,
    range = lengthMin > 1 ? `text of at least ${lengthMin} characters` : 'text',
  } = extra;
  const parse = (value: string): string | undefined =>
    value.length >= lengthMin && pattern.test(value) ? value : undefined;
  return setting<string | undefined>(variable, about, range, undefined, parse, undefined, extra);
}

/** A URL of one of these schemes (`postgresql:`); may carry a password, so it counts as a secret. */
export function optionalUrl(
  variable: string,
  schemes: readonly string[],
  about: string,
  whenAbsent: string,
): Setting<string | undefined> {
  const parse = (value: string): string | undefined =>
    URL.canParse(value) && schemes.includes(new URL(value).protocol) ? value : undefined;
  const range = `URL beginning with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`;
  return setting<string | undefined>(variable, about, range, undefined, parse, undefined, { secret: true, whenAbsent });
}

/** Secret bytes as base64url without padding, exactly `byteCount` of them once decoded. */
export function optionalSecretBytes(
  variable: string,
  byteCount: number,
  about: string,
  whenAbsent: string,
): Setting<Uint8Array | undefined> {
  const parse = (value: string): Uint8Array | undefined => {
    const bytes = Buffer.from(value, 'base64url');
    return bytes.length === byteCount && bytes.toString('base64url') === value ? bytes : undefined;
  };
  const range = `${byteCount} bytes as base64url without padding`;
  return setting<Uint8Array | undefined>(variable, about, range, undefined, parse, undefined, {
    secret: true,
    whenAbsent,
  });
}
