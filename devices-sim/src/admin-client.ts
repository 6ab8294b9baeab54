import type { BusinessDate } from '@app/kernel';

/** The system answered what the replay cannot go on with; the message says what and the remedy. */
export class AdminApiError extends Error {
  override name = 'AdminApiError';

  constructor(
    message: string,
    readonly status = 0,
  ) {
    super(message);
  }
}

export interface ProvisionedMeter {
  readonly deviceId: string;
  readonly mqttPassword: string;
  readonly journalKey: string;
  readonly epoch: number;
}

/** Count and rupiah by key. */
export type IncomeRows = ReadonlyMap<string, { readonly count: number; readonly amount: number }>;

/** What a replay needs of the fixed REST paths, as an administrator. */
export class AdminClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async signIn(url: string, username: string, password: string): Promise<AdminClient> {
    const body = { username, password };
    const answer = (await send(url, 'POST', '/auth/login', body).catch((error: AdminApiError) => {
      if (error.status !== 401) throw error;
      throw new AdminApiError(`${url} refuses this password: give it by --password or EPARKING_ADMIN_PASSWORD.`, 401);
    })) as { accessToken: string };
    return new AdminClient(url, answer.accessToken);
  }

  /** Creates the point unless it is there. */
  async ensurePoint(code: string, name: string): Promise<void> {
    await this.send('POST', '/points', { code, name }).catch((error: AdminApiError) => {
      if (error.status !== 409) throw error;
    });
  }

  async hasDevice(deviceId: string): Promise<boolean> {
    return this.send('GET', `/devices/${deviceId}`).then(
      () => true,
      (error: AdminApiError) => {
        if (error.status === 404) return false;
        throw error;
      },
    );
  }

  async registerMeter(deviceId: string, point: string): Promise<ProvisionedMeter> {
    return (await this.send('POST', '/devices', { deviceId, kind: 'meter', point })) as ProvisionedMeter;
  }

  async incomeByDay(point: string, from: BusinessDate, to: BusinessDate): Promise<IncomeRows> {
    const query = new URLSearchParams({ from, to, groupBy: 'day', point });
    const { rows } = (await this.send('GET', `/income?${query}`)) as {
      rows: { key: string; count: number; amount: number }[];
    };
    return new Map(rows.map(({ key, count, amount }) => [key, { count, amount }]));
  }

  private send(method: string, path: string, body?: unknown): Promise<unknown> {
    return send(this.url, method, path, body, this.token);
  }
}

/** One call of the API. @throws AdminApiError */
export async function send(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<unknown> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new AdminApiError(`Nothing answers at ${url}: start the system ('npm start') or give its address by --api.`);
  });
  const text = await response.text();
  if (response.ok) return text === '' ? null : JSON.parse(text);
  throw new AdminApiError(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`, response.status);
}
