import {
  distinctUntilChanged,
  exhaustMap,
  finalize,
  map,
  merge,
  share,
  Subject,
  takeUntil,
  timer,
  type Observable,
} from 'rxjs';
import type { MessageEvent } from '@nestjs/common';
import { liveState, type Database } from '@app/persistence';
import type { Scope } from '@app/registry';
import type { Logger } from '@app/platform';

/** Listeners at once; a further one is told to come back. */
export const LIVE_LISTENERS_MAX = 200;
const LOOK_EVERY_MS = 3_000;
/** Proxies close a connection on which nothing comes. */
const BEAT_EVERY_MS = 15_000;

/**
 * What is told to those who watch live. One look at the database serves all who see the same part of the city, and none
 * is made while nobody watches. Each event is the whole state, so whoever comes back has missed nothing.
 */
export class LiveDesk {
  readonly #streams = new Map<string, Observable<MessageEvent>>();
  #listeners = 0;
  readonly #closed = new Subject<void>();

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  get isFull(): boolean {
    return this.#listeners >= LIVE_LISTENERS_MAX;
  }

  watch(scope: Scope): Observable<MessageEvent> {
    this.#listeners++;
    const key = scope.operatorCode ?? '';
    const shared = this.#streams.get(key) ?? this.#open(key, scope);
    const beats = timer(BEAT_EVERY_MS, BEAT_EVERY_MS).pipe(map(() => ({ type: 'beat', data: {} })));
    return merge(shared, beats).pipe(
      takeUntil(this.#closed),
      finalize(() => this.#listeners--),
    );
  }

  /** Ends all streams: a server waits for its connections before it ends. */
  close(): void {
    this.#closed.next();
  }

  #open(key: string, scope: Scope): Observable<MessageEvent> {
    const stream = timer(0, LOOK_EVERY_MS).pipe(
      exhaustMap(() => this.#look(scope)),
      distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)),
      map((data) => ({ type: 'state', data })),
      finalize(() => this.#streams.delete(key)),
      share(),
    );
    this.#streams.set(key, stream);
    return stream;
  }

  /** A database that is away for a moment leaves the listeners with what they know. */
  async #look(scope: Scope): Promise<object> {
    try {
      return await liveState(this.database, scope);
    } catch (error) {
      this.log.warn({ err: error }, 'the live state could not be read');
      return { stale: true };
    }
  }
}
