import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.js';

export type { components, operations, paths } from './schema.js';

/** The admin API, path by path, with the types of its description. */
export type ApiClient = Client<paths>;

/**
 * A client of the admin API for browsers and programs.
 * @param options.baseUrl where the API is; empty for the page's own server
 * @param options.accessToken the token to send, asked before each request; undefined when nobody is signed in
 */
export function createApiClient(options: { baseUrl: string; accessToken: () => string | undefined }): ApiClient {
  const client = createClient<paths>({ baseUrl: options.baseUrl });
  client.use({
    onRequest: ({ request }) => {
      const token = options.accessToken();
      if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
      return request;
    },
  });
  return client;
}
