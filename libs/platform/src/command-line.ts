import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

interface Shape<O extends Options> {
  /** How to call it, as it is told for `--help` and after a mistake. */
  usage: string;
  options?: O;
  /** Whether words may follow besides options. */
  allowPositionals?: boolean;
}

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true } & ParseArgsConfig>
>;

/** What to tell instead of running, and the exit code. */
interface Refusal {
  text: string;
  code: 0 | 2;
}

/** Reads arguments; a refusal when `--help` is asked for, an option is not known, or one lacks its value. */
export function parseCommandLine<const O extends Options>(
  args: readonly string[],
  { usage, options, allowPositionals = false }: Shape<O>,
): { parsed: Parsed<O> } | { refusal: Refusal } {
  try {
    const all = { ...options, help: { type: 'boolean' } } as unknown as O;
    const parsed = parseArgs({ args: [...args], options: all, allowPositionals, strict: true });
    if ((parsed.values as { help?: boolean }).help) return { refusal: { text: `${usage}\n`, code: 0 } };
    return { parsed: parsed as unknown as Parsed<O> };
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) throw error;
    return { refusal: { text: `${(error as Error).message}\n\n${usage}\n`, code: 2 } };
  }
}

/** Reads what stands after the command's name. A refusal is told and ends the process. */
export function readCommandLine<const O extends Options>(shape: Shape<O>): Parsed<O> {
  const read = parseCommandLine(process.argv.slice(2), shape);
  if ('parsed' in read) return read.parsed;
  const { text, code } = read.refusal;
  (code === 0 ? process.stdout : process.stderr).write(text);
  process.exit(code);
}
