import pg from 'pg';

/** A parameter: a Buffer is a value in PostgreSQL's binary format, all else goes as text. */
export type Parameter = string | number | Buffer | null;

/** node-pg's connection with what its types leave out: the statements that are parsed on it, by name. */
type Connection = pg.Connection & { readonly parsedStatements: Readonly<Record<string, string | undefined>> };

/**
 * A statement with a plan kept on each connection under its name, whose large binary parameters go to the socket as they
 * are. node-pg writes all parameters into one buffer that grows on the way, so that half a megabyte of columns was copied
 * several times over. It would also keep them for as long as the query, which V8 keeps for some time after its end (a timer
 * of its connection has known it): until the next full collection, and what they take outside the heap is what makes V8
 * collect in full (docs/PERFORMANCE.md). How it is answered is node-pg's own.
 */
export class PreparedStatement extends pg.Query {
  #parameters: readonly Parameter[];

  constructor(
    private readonly statement: string,
    private readonly sql: string,
    parameters: readonly Parameter[],
  ) {
    super({ name: statement, text: sql });
    this.#parameters = parameters;
  }

  override submit = (connection: pg.Connection): void => {
    const { stream, parsedStatements } = connection as Connection;
    const name = this.statement;
    const pieces = messages(name, this.#parameters);
    this.#parameters = [];
    stream.cork();
    if (parsedStatements[name] === undefined) connection.parse({ name, text: this.sql, types: [] }, true);
    for (const piece of pieces) if (stream.writable) stream.write(piece);
    stream.uncork();
  };
}

/** A shorter binary parameter is copied beside its neighbours: a piece of its own costs a write more than the copy. */
const COPIED_BYTES_MAX = 4_096;
const TEXT_FORMAT = 0;
const BINARY_FORMAT = 1;
const NULL_LENGTH = -1;
const BIND = 'B';
const NUL = '\0';
/**
 * What follows the parameters: one format, text, for all columns of the answer; then Describe and Execute of the unnamed
 * portal for all rows, and Sync.
 */
const END = Buffer.from(
  `\0\x01\0${String.fromCharCode(TEXT_FORMAT)}D\0\0\0\x06P\0E\0\0\0\x09\0\0\0\0\0S\0\0\0\x04`,
  'latin1',
);
const ANSWER_FORMAT_BYTES = 4;

/** Bind of the unnamed portal, as PostgreSQL's "Message Formats" have it, and what follows it, in pieces. */
function messages(statement: string, parameters: readonly Parameter[]): Buffer[] {
  const names = `${NUL}${statement}${NUL}`;
  const count = parameters.length;
  const lengths = parameters.map(bytesOf);
  const isCopied = (n: number): boolean => !Buffer.isBuffer(parameters[n]) || lengths[n]! <= COPIED_BYTES_MAX;
  const before = BIND.length + 4 + Buffer.byteLength(names) + 2 + 2 * count + 2;
  const bytes = lengths.reduce((sum, length) => sum + 4 + Math.max(length, 0), before);
  const apart = lengths.reduce((sum, length, n) => (isCopied(n) ? sum : sum + length), 0);

  const joined = Buffer.allocUnsafe(bytes - apart + END.length);
  const pieces: Buffer[] = [];
  let from = 0;
  let at = joined.write(BIND);
  at = joined.writeInt32BE(bytes + ANSWER_FORMAT_BYTES - BIND.length, at);
  at += joined.write(names, at);
  at = joined.writeInt16BE(count, at);
  for (const value of parameters) at = joined.writeInt16BE(Buffer.isBuffer(value) ? BINARY_FORMAT : TEXT_FORMAT, at);
  at = joined.writeInt16BE(count, at);
  parameters.forEach((value, n) => {
    at = joined.writeInt32BE(lengths[n]!, at);
    if (value === null) return;
    if (!Buffer.isBuffer(value)) at += joined.write(String(value), at);
    else if (isCopied(n)) at += value.copy(joined, at);
    else {
      pieces.push(joined.subarray(from, at), value);
      from = at;
    }
  });
  END.copy(joined, at);
  return [...pieces, joined.subarray(from)];
}

function bytesOf(value: Parameter): number {
  if (value === null) return NULL_LENGTH;
  return Buffer.isBuffer(value) ? value.length : Buffer.byteLength(String(value));
}
