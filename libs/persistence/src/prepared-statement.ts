import pg from 'pg';

/** A parameter: a Buffer is a value in PostgreSQL's binary format, all else goes as text. */
export type Parameter = string | number | Buffer | null;

/** node-pg's connection with what its types leave out: the statements that are parsed on it, by name. */
type Connection = pg.Connection & { readonly parsedStatements: Readonly<Record<string, string | undefined>> };

/**
 * A statement with a plan kept on each connection under its name, whose binary parameters go to the socket as they are.
 * node-pg writes all parameters into one buffer that grows on the way, so that half a megabyte of columns was copied
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
    const bind = bindMessage(name, this.#parameters);
    this.#parameters = [];
    stream.cork();
    if (parsedStatements[name] === undefined) connection.parse({ name, text: this.sql, types: [] }, true);
    for (const piece of bind) if (stream.writable) stream.write(piece);
    connection.describe({ type: 'P', name: '' }, true);
    connection.execute({ portal: '', rows: '' }, true);
    connection.sync();
    stream.uncork();
  };
}

const TEXT_FORMAT = 0;
const BINARY_FORMAT = 1;
const NULL_LENGTH = -1;
const BIND = 'B';
const NUL = '\0';
/** One format for all columns of the answer: text. */
const ANSWER_FORMAT = Buffer.from([0, 1, 0, TEXT_FORMAT]);

/** Bind of the unnamed portal, as PostgreSQL's "Message Formats" have it. */
function bindMessage(statement: string, parameters: readonly Parameter[]): Buffer[] {
  const values = parameters.flatMap(lengthAndValue);
  const names = `${NUL}${statement}${NUL}`;
  const head = Buffer.alloc(BIND.length + 4 + names.length + 2 + 2 * parameters.length + 2);
  const bytes = [head, ...values, ANSWER_FORMAT].reduce((sum, { length }) => sum + length, 0);
  let at = head.write(BIND);
  at = head.writeInt32BE(bytes - BIND.length, at);
  at += head.write(names, at);
  at = head.writeInt16BE(parameters.length, at);
  for (const value of parameters) at = head.writeInt16BE(Buffer.isBuffer(value) ? BINARY_FORMAT : TEXT_FORMAT, at);
  head.writeInt16BE(parameters.length, at);
  return [head, ...values, ANSWER_FORMAT];
}

function lengthAndValue(value: Parameter): Buffer[] {
  const bytes = value === null || Buffer.isBuffer(value) ? value : Buffer.from(String(value));
  const length = Buffer.allocUnsafe(4);
  length.writeInt32BE(bytes?.length ?? NULL_LENGTH);
  return bytes ? [length, bytes] : [length];
}
