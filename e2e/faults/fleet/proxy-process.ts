import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process that stands between others and mishandles their connections as networks do. Its parent tells it by IPC
 * which links to open and how each behaves.
 */

export type LinkMode =
  | { readonly kind: 'pass' }
  /** Connections are reset, new ones too. */
  | { readonly kind: 'cut' }
  /** Every piece waits so long, at most 16 KiB a piece. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** What is sent goes nowhere and nobody is told; afterwards the connections are gone, as behind a NAT that forgot. */
  | { readonly kind: 'half-open' }
  /** Nothing passes and nothing is lost: it comes late. */
  | { readonly kind: 'stall' };

export type ProxyOrder =
  | { readonly id: number; readonly open: string; readonly to: number }
  | { readonly id: number; readonly set: string; readonly mode: LinkMode };

const STALL_LOOK_MS = 20;

class Link {
  mode: LinkMode = { kind: 'pass' };
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((client) => this.#bridge(client));

  constructor(private readonly to: number) {}

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  set(mode: LinkMode): void {
    const forgets = this.mode.kind === 'half-open' && mode.kind !== 'half-open';
    this.mode = mode;
    if (mode.kind === 'cut' || forgets) for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #bridge(client: Socket): void {
    this.#keep(client);
    if (this.mode.kind === 'cut') return void client.resetAndDestroy();
    if (this.mode.kind === 'half-open') return;
    const server = connect({ port: this.to, host: '127.0.0.1', noDelay: true });
    this.#keep(server);
    this.#pump(client, server);
    this.#pump(server, client);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #pump(from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => {
      from.pause();
      void this.#pass(bytes, to).then(() => from.resume());
    });
    from.on('close', () => void this.#whenHeard().then(() => to.destroy()));
  }

  async #pass(bytes: Buffer, to: Socket): Promise<void> {
    for (let at = 0; at < bytes.length; at += 16_384) {
      const { mode } = this;
      if (mode.kind === 'slow') await sleep(mode.delayMs);
      await this.#whenMoving();
      if (this.mode.kind === 'half-open' || to.destroyed) return;
      if (!to.write(bytes.subarray(at, at + 16_384)))
        await new Promise<void>((resolve) => {
          to.once('drain', resolve);
          to.once('close', resolve);
        });
    }
  }

  async #whenMoving(): Promise<void> {
    while (this.mode.kind === 'stall') await sleep(STALL_LOOK_MS);
  }

  /** The end of a connection does not come through either. */
  async #whenHeard(): Promise<void> {
    while (this.mode.kind === 'stall' || this.mode.kind === 'half-open') await sleep(STALL_LOOK_MS);
  }
}

const links = new Map<string, Link>();
process.on('message', (order: ProxyOrder) => {
  if ('open' in order) {
    const link = new Link(order.to);
    links.set(order.open, link);
    void link.open().then((port) => process.send!({ id: order.id, port }));
  } else {
    links.get(order.set)!.set(order.mode);
    process.send!({ id: order.id });
  }
});
process.on('disconnect', () => process.exit(0));
