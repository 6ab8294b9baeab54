import type { DownMessage } from './broker/ports.js';

/** What the broker offers to those behind it. */
export interface Link {
  publish(message: DownMessage): void;
  closeClient(clientId: string, why: string): boolean;
}

/** The way down to the terminals for those who are made before the broker is: it asks them, and they answer on it. */
export class DownLink implements Link {
  #link: Link | null = null;

  attach(link: Link): void {
    this.#link = link;
  }

  publish(message: DownMessage): void {
    this.#link?.publish(message);
  }

  closeClient(clientId: string, why: string): boolean {
    return this.#link?.closeClient(clientId, why) ?? false;
  }
}
