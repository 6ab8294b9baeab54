import type { paths } from '@app/api-client';
import { session, unwrap } from '../app/session';

export type Path = keyof paths & string;
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
export type Params = Readonly<Record<string, string | number>>;

export interface Ask {
  /** Values of `{name}` in the path. */
  readonly params?: Params;
  readonly query?: Query;
  /** Ask again every so many ms while the page is open. */
  readonly everyMs?: number;
  readonly enabled?: boolean;
}

/** Without what says nothing: names the question, too. */
export function cleaned(query: Query = {}): Query {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
}

/** One GET. The path is one of the API's; what it answers is named by the caller, from the API's own schemas. */
export async function get<T>(path: Path, { params, query }: Ask = {}): Promise<T> {
  const init = { params: { path: params, query: cleaned(query) } };
  return unwrap(await session.client.GET(path as never, init as never)) as T;
}

/** A question to the API as the page keeps its answer: screens and what is asked ahead of them share it. */
export function question<T>(path: Path, ask: Ask = {}) {
  return {
    queryKey: [path, ask.params ?? {}, cleaned(ask.query)],
    queryFn: () => get<T>(path, ask),
  };
}
