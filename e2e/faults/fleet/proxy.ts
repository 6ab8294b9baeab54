import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { spawnTypeScript } from '../../../libs/testing/src/index.js';
import type { LinkMode, ProxyOrder } from './proxy-process.js';

interface ProxyAnswer {
  readonly id: number;
  readonly port?: number;
}
type Order = ProxyOrder extends infer One ? (One extends unknown ? Omit<One, 'id'> : never) : never;

/** The hand on the proxy's process. */
export class Proxy {
  readonly #child: ChildProcess = spawnTypeScript(join(import.meta.dirname, 'proxy-process.ts'));
  readonly #waiting = new Map<number, (answer: ProxyAnswer) => void>();
  #orders = 0;

  constructor() {
    this.#child.on('message', (answer: ProxyAnswer) => this.#waiting.get(answer.id)?.(answer));
  }

  /** Opens a link to a port of this machine. @returns the port to come in by */
  async open(name: string, to: number): Promise<number> {
    return (await this.#order({ open: name, to })).port!;
  }

  async set(name: string, mode: LinkMode): Promise<void> {
    await this.#order({ set: name, mode });
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  #order(order: Order): Promise<ProxyAnswer> {
    const id = ++this.#orders;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ ...order, id });
    });
  }
}
