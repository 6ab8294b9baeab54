import { within } from '../within.js';

interface Asked<T> {
  readonly key: string;
  readonly resolve: (found: T | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Looks keys up in few queries: asks at once when no query is under way, else gathers what comes until it returns. A
 * storm of ten thousand sign-ins becomes a handful of queries, one alone waits for nothing.
 */
export class GatheredLookUp<T> {
  #asked: Asked<T>[] = [];
  #underWay = false;

  /**
   * @param find what is known of these keys, by key
   * @param keysMax keys of one query
   * @param msMax a query that takes longer has failed for those who wait
   */
  constructor(
    private readonly find: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
    private readonly keysMax: number,
    private readonly msMax: number,
  ) {}

  /** What is known of a key, read after this call; undefined where nothing is. Rejects when it cannot be read. */
  ask(key: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ key, resolve, reject });
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    while (this.#asked.length > 0) {
      const batch = this.#asked.splice(0, this.keysMax);
      try {
        const found = await within(this.msMax, this.find([...new Set(batch.map(({ key }) => key))]), 'looking up');
        for (const { key, resolve } of batch) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#underWay = false;
  }
}
