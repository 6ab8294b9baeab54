import { createSign } from 'node:crypto';
import type { Acquirer } from './acquirer.js';
import { jakartaTime, type SnapCall } from './snap-client.js';
import { accessTokenStringToSign, signAsymmetric, signSymmetric } from './snap-signature.js';

/** An answer as it came, however it is. */
export interface ProviderAnswer {
  httpStatus: number;
  body: Uint8Array;
}

/** What a sender needs from outside. */
export interface SenderParts {
  fetch: typeof fetch;
  now: () => number;
  /** Digits for X-EXTERNAL-ID: unique within a day. */
  externalId: () => string;
}

/** The provider was not reached, did not answer in time, or answered more than anybody may. Nothing is known. */
export class ProviderUnreachable extends Error {
  override name = 'ProviderUnreachable';
}

const ANSWER_BYTES_MAX = 65_536;
/** A token is asked for anew this long before it ends. */
const TOKEN_MARGIN_MS = 30_000;
const TOKEN_MS_DEFAULT = 900_000;

/**
 * Signs calls and sends them to one acquirer. With a private key in the symmetric scheme it asks for an access token
 * first (SNAP service 73) and keeps it while it lasts.
 */
export class SnapSender {
  #token: { text: string; endsAt: number } | null = null;

  constructor(
    private readonly acquirer: Acquirer,
    private readonly parts: SenderParts,
  ) {}

  /** @throws ProviderUnreachable within `msMax` */
  async send(call: SnapCall, msMax: number): Promise<ProviderAnswer> {
    const signal = AbortSignal.timeout(msMax);
    const { config, secrets } = this.acquirer;
    const needsToken = config.signature === 'symmetric' && secrets.privateKey !== undefined;
    const token = needsToken ? await this.#accessToken(secrets.privateKey!, signal) : '';
    const timestamp = jakartaTime(this.parts.now());
    const body = new TextEncoder().encode(call.body);
    const signed = { method: call.method, path: call.path, token, timestamp, body };
    const signature =
      config.signature === 'symmetric'
        ? signSymmetric(secrets.secret ?? '', signed)
        : signAsymmetric(secrets.privateKey ?? '', signed);
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-timestamp': timestamp,
      'x-signature': encoded(signature, config.encoding),
      'x-partner-id': config.partnerId,
      'x-external-id': this.parts.externalId(),
      'channel-id': config.channelId,
    };
    if (token !== '') headers.authorization = `Bearer ${token}`;
    const answer = await this.#post(call.path, headers, call.body, signal);
    // A token that the provider has forgotten is asked for anew by the next call.
    if (answer.httpStatus === 401) this.#token = null;
    return answer;
  }

  async #accessToken(privateKey: string, signal: AbortSignal): Promise<string> {
    const now = this.parts.now();
    if (this.#token && this.#token.endsAt > now) return this.#token.text;
    const { partnerId, pathPrefix } = this.acquirer.config;
    const timestamp = jakartaTime(now);
    const text = accessTokenStringToSign(partnerId, timestamp);
    const signature = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
    const headers = {
      'content-type': 'application/json',
      'x-timestamp': timestamp,
      'x-client-key': partnerId,
      'x-signature': signature,
    };
    const body = '{"grantType":"client_credentials"}';
    const answer = await this.#post(`${pathPrefix}/access-token/b2b`, headers, body, signal);
    const { accessToken, expiresIn } = tokenOf(answer);
    const lastsMs = Number(expiresIn) > 0 ? Number(expiresIn) * 1000 : TOKEN_MS_DEFAULT;
    this.#token = { text: accessToken, endsAt: now + lastsMs - TOKEN_MARGIN_MS };
    return accessToken;
  }

  async #post(
    path: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<ProviderAnswer> {
    const url = this.acquirer.config.baseUrl.replace(/\/$/, '') + path;
    try {
      const response = await this.parts.fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
      return { httpStatus: response.status, body: await boundedBody(response) };
    } catch (error) {
      if (error instanceof ProviderUnreachable) throw error;
      const { name, cause } = error as Error & { cause?: { code?: string } };
      throw new ProviderUnreachable(name === 'TimeoutError' ? 'no answer in time' : (cause?.code ?? name));
    }
  }
}

function encoded(base64: string, encoding: 'base64' | 'hex'): string {
  return encoding === 'hex' ? Buffer.from(base64, 'base64').toString('hex') : base64;
}

function tokenOf({ httpStatus, body }: ProviderAnswer): { accessToken: string; expiresIn: unknown } {
  try {
    const { accessToken, expiresIn } = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
    if (httpStatus === 200 && typeof accessToken === 'string' && /^\S{1,4096}$/.test(accessToken))
      return { accessToken, expiresIn };
  } catch {
    // No JSON: told below like every other answer without a token.
  }
  throw new ProviderUnreachable(`no access token (HTTP ${httpStatus})`);
}

async function boundedBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) throw new ProviderUnreachable(`an answer of more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
