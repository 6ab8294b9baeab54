import type { System } from './system.js';

export interface Answer {
  readonly status: number;
  // What the API answers is looked at by expectations; its types are what is tested.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** What provisioning gives once. */
export interface Provisioned {
  readonly deviceId: string;
  readonly mqttPassword: string;
  readonly journalKey: string;
  readonly epoch: number;
}

/** An access token is good for 15 minutes; a test on a busy machine may take longer. */
const TOKEN_USED_MS = 10 * 60_000;

/** Somebody with nothing but the REST API; the administrator unless told. */
export class Admin {
  private token = '';
  private signedInAt = 0;

  private constructor(
    private readonly apiUrl: string,
    private readonly credentials: { readonly username: string; readonly password: string },
  ) {}

  static async signIn(
    { apiUrl, adminPassword }: Pick<System, 'apiUrl' | 'adminPassword'>,
    username = 'admin',
    password = adminPassword,
  ): Promise<Admin> {
    const admin = new Admin(apiUrl, { username, password });
    await admin.freshToken();
    return admin;
  }

  private async freshToken(): Promise<string> {
    if (Date.now() - this.signedInAt < TOKEN_USED_MS) return this.token;
    const answer = await send(this.apiUrl, 'POST', '/auth/login', this.credentials);
    if (answer.status >= 300) throw new Error(`sign-in answered ${answer.status} ${JSON.stringify(answer.body)}`);
    this.token = answer.body.accessToken as string;
    this.signedInAt = Date.now();
    return this.token;
  }

  /** A request to a path below /api/v1. */
  async request(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    return send(this.apiUrl, method, path, body, await this.freshToken());
  }

  /** Sends a file in a form. */
  async upload(path: string, content: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([content]), 'file.csv');
    const headers = { authorization: `Bearer ${await this.freshToken()}` };
    const response = await fetch(`${this.apiUrl}/api/v1${path}`, { method: 'POST', headers, body: form });
    return { status: response.status, body: parsed(await response.text()) };
  }

  /** A GET that must answer 200. */
  async get(path: string): Promise<Answer['body']> {
    const { status, body } = await this.request('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async point(code: string): Promise<void> {
    const answer = await this.request('POST', '/points', { code, name: `Point ${code}` });
    if (answer.status !== 201) throw new Error(`the point answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async device(deviceId: string, point: string, kind: 'handheld' | 'meter' = 'handheld'): Promise<Provisioned> {
    const answer = await this.request('POST', '/devices', { deviceId, kind, point });
    if (answer.status !== 201) throw new Error(`the device answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Provisioned;
  }
}

async function send(apiUrl: string, method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
  const response = await fetch(`${apiUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
