import { createApiClient, type ApiClient, type components } from '@app/api-client';
import { noteReach } from './reach';

export type Role = 'administrator' | 'revenue-officer' | 'operator-clerk' | 'auditor';

export interface Me {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly operator: string | null;
  readonly totp: boolean;
  readonly passwordDue: boolean;
  readonly totpDue: boolean;
}

/** A refusal of the API, as it words it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field?: string,
    readonly remedy?: string,
    /** The rows of a file that are wrong. */
    readonly rows?: components['schemas']['RowFault'][],
  ) {
    super(message);
  }
}

/** Turns an answer of the client into its data, or throws what the API said. */
export function unwrap<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.response.ok) return answer.data as T;
  const { error } = (answer.error ?? {}) as {
    error?: {
      code?: string;
      message?: string;
      field?: string;
      remedy?: string;
      rows?: components['schemas']['RowFault'][];
    };
  };
  const message = error?.message ?? `${answer.response.status} ${answer.response.statusText}`;
  throw new ApiError(answer.response.status, error?.code ?? '', message, error?.field, error?.remedy, error?.rows);
}

/** Stands for the answer that did not come: as of a server that is not there. */
const UNREACHABLE = 503;

/** Refreshed when so much of an access token's life is left, ms. */
const REFRESH_BEFORE_MS = 60_000;

/**
 * The signed-in person. The access token lives in this page's memory only; what outlives a reload is the refresh token
 * in an HttpOnly cookie, which no script can read.
 */
class Session {
  #token: string | undefined;
  #expiresAt = 0;
  #refreshing: Promise<boolean> | null = null;
  /** Called when the session has ended without the person's doing. */
  onOver: () => void = () => undefined;
  /** Says that the API cannot be reached, in the language of the page. */
  unreachable: () => string = () => '';

  readonly client: ApiClient = createApiClient({ baseUrl: '', accessToken: () => this.#token });

  constructor() {
    this.client.use({
      onRequest: async ({ request, schemaPath }) => {
        // Refusals come in the language of the page.
        request.headers.set('accept-language', document.documentElement.lang);
        if (schemaPath.startsWith('/api/v1/auth/login') || schemaPath.endsWith('/auth/refresh')) return request;
        if (this.#token && Date.now() > this.#expiresAt - REFRESH_BEFORE_MS) {
          await this.refresh();
          request.headers.set('authorization', `Bearer ${this.#token}`);
        }
        return request;
      },
      onResponse: ({ response, schemaPath }) => {
        noteReach(![502, 503, 504].includes(response.status));
        if (response.status === 401 && this.#token && !schemaPath.includes('/auth/')) {
          this.#token = undefined;
          this.onOver();
        }
      },
      // A question that was called off by the page itself says nothing of the network.
      onError: ({ error }) => {
        if ((error as Error).name === 'AbortError') return undefined;
        noteReach(false);
        return new ApiError(UNREACHABLE, 'unreachable', this.unreachable());
      },
    });
  }

  get token(): string | undefined {
    return this.#token;
  }

  /** @throws ApiError, with code `totp-required` when a code of the authenticator is needed */
  async signIn(username: string, password: string, totp?: string): Promise<void> {
    const body = { username, password, ...(totp && { totp }) };
    this.#take(unwrap(await this.client.POST('/api/v1/auth/login', { body })));
  }

  /** A new access token for the cookie. False when there is no session to go on with. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.client
      .POST('/api/v1/auth/refresh')
      .then((answer) => {
        if (!answer.response.ok) return false;
        this.#take(unwrap(answer));
        return true;
      })
      .catch(() => this.#token !== undefined)
      .finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async signOut(): Promise<void> {
    await this.client.POST('/api/v1/auth/logout').catch(() => undefined);
    this.#token = undefined;
  }

  #take(answer: { accessToken: string; expiresInSeconds: number }): void {
    this.#token = answer.accessToken;
    this.#expiresAt = Date.now() + answer.expiresInSeconds * 1000;
  }
}

export const session = new Session();
