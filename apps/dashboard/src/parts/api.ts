import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { components } from '@app/api-client';
import { notifications } from '@mantine/notifications';
import { ApiError, session, unwrap } from '../app/session';
import { useCommon } from '../i18n/i18n';
import { cleaned, question, type Ask, type Params, type Path, type Query } from './get';

export { get, type Ask, type Params, type Path, type Query } from './get';

export type Schemas = components['schemas'];
export interface Page<Row> {
  readonly rows: Row[];
  readonly total: number;
  /** Over the whole filtered list, where it has any: by the names of their columns. */
  readonly sums?: Readonly<Record<string, number>>;
}

export function useGet<T>(path: Path, ask: Ask = {}): UseQueryResult<T, Error> {
  return useQuery({
    ...question<T>(path, ask),
    ...(ask.everyMs !== undefined && { refetchInterval: ask.everyMs }),
    enabled: ask.enabled ?? true,
  });
}

export type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface Sending {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: unknown;
  /** Text that is no JSON: sent as it is, of this type. */
  readonly contentType?: string;
}

/** One write. @throws ApiError */
export async function send<T>(
  method: Method,
  path: Path,
  { params, query, body, contentType }: Sending = {},
): Promise<T> {
  const raw = body instanceof FormData || contentType !== undefined;
  const init = {
    params: { path: params, query: cleaned(query) },
    ...(body !== undefined && { body }),
    ...(raw && { bodySerializer: (value: unknown) => value }),
    ...(contentType !== undefined && { headers: { 'content-type': contentType } }),
  };
  const call = session.client[method] as (path: never, init: never) => Promise<{ data?: T; response: Response }>;
  return unwrap(await call(path as never, init as never));
}

/** A write from a screen: afterwards everything on the page is asked for again; a refusal is told unless caught. */
export function useSend<T = unknown>(method: Method, path: Path, options: { readonly quiet?: boolean } = {}) {
  const client = useQueryClient();
  const t = useCommon();
  return useMutation<T, Error, Sending>({
    mutationFn: (sending) => send<T>(method, path, sending),
    onSuccess: async () => {
      await client.invalidateQueries();
      if (!options.quiet) notifications.show({ message: t('done'), color: 'teal' });
    },
    onError: (error) => {
      if (!options.quiet) tell(error);
    },
  });
}

/** Tells a refusal in the API's own words. */
export function tell(error: unknown): void {
  const remedy = error instanceof ApiError ? error.remedy : undefined;
  notifications.show({ color: 'red', title: (error as Error).message, message: remedy ?? '', autoClose: 8_000 });
}

/** Saves a list or report of the API as a file. @returns its name and size in bytes */
export async function download(
  path: Path,
  ask: Ask,
  format?: string,
  signal?: AbortSignal,
): Promise<{ name: string; bytes: number }> {
  const init = { params: { path: ask.params, query: cleaned({ ...ask.query, format }) }, parseAs: 'blob', signal };
  const answer = (await session.client.GET(path as never, init as never)) as { data?: Blob; response: Response };
  const blob = unwrap(answer);
  const named = /filename="?([^";]+)/.exec(answer.response.headers.get('content-disposition') ?? '')?.[1];
  const name = named ?? `eparking.${format ?? 'bin'}`;
  saveAs(blob, name);
  return { name, bytes: blob.size };
}

export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
