import { Agent, request } from 'node:http';
import { stringify } from 'node:querystring';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from '../../plain-error.js';

/**
 * Officers at the dashboard: each opens one page after the other, which asks all its questions at once, and reads it for a
 * while.
 *
 * @typedef {import('./pages.js').Call} Call
 * @typedef {(call: Call) => Promise<{ms: number, answer: any}>} Ask
 */

/** As many as a browser opens to one server. */
const CONNECTIONS_MAX = 6;

/**
 * Signs a user in. @param {number} port @param {string} username @param {string} password
 * @returns {Promise<Ask & {send: (path: string, body: object) => Promise<any>}>}
 */
export async function signIn(port, username, password) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });
  let token = '';
  /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<{ms: number, answer: any}>} */
  const exchange = (method, path, body) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
      const sent = request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
        /** @type {Buffer[]} */
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => {
          const ms = performance.now() - began;
          const text = Buffer.concat(parts).toString();
          if ((response.statusCode ?? 500) >= 300) reject(new PlainError(`${path}: ${response.statusCode} ${text}`));
          else resolve({ ms, answer: text ? JSON.parse(text) : undefined });
        });
      });
      sent.on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  const { answer } = await exchange('POST', '/api/v1/auth/login', { username, password });
  token = answer.accessToken;
  const ask = (/** @type {Call} */ call) => exchange('GET', addressOf(call));
  return Object.assign(ask, {
    send: (/** @type {string} */ path, /** @type {object} */ body) => exchange('POST', path, body),
  });
}

/** @param {Call} call */
export function addressOf({ path, params = {}, query = {} }) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name])));
  const search = stringify(query);
  return search ? `${filled}?${search}` : filled;
}

/**
 * All of them work for `seconds`, opening pages in an order of their own.
 * @param {Ask[]} officers @param {readonly Call[]} calls @param {{seconds: number, readMs: [number, number]}} options
 * @returns {Promise<Map<Call, number[]>>} how long each answer took, ms
 */
export async function work(officers, calls, { seconds, readMs: [least, most] }) {
  const times = new Map(calls.map((call) => [call, /** @type {number[]} */ ([])]));
  const pages = groups(calls);
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    officers.map(async (ask, n) => {
      await sleep(Math.random() * most);
      // Officers begin at different pages and go through all of them.
      for (let next = Math.floor((n * pages.length) / officers.length); performance.now() < end; next++) {
        const page = /** @type {Call[]} */ (pages[next % pages.length]);
        await Promise.all(page.map(async (call) => times.get(call)?.push((await ask(call)).ms)));
        await sleep(least + Math.random() * (most - least));
      }
    }),
  );
  return times;
}

/** @param {readonly Call[]} calls */
function groups(calls) {
  /** @type {Map<string, Call[]>} */
  const pages = new Map();
  for (const call of calls) pages.set(call.page, [...(pages.get(call.page) ?? []), call]);
  return [...pages.values()];
}
