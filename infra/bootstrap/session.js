/**
 * What has been started and must end in order. Signals ask for the end; the story itself notices at its next step, so
 * that nothing is half started when the closing begins.
 */

/** npm hands a terminal's Ctrl-C on to us, which gets it from the terminal as well: both are one wish. */
const SECOND_SIGNAL_MS_MIN = 1_000;
const PARENT_EVERY_MS = 500;

/** Thrown out of the story when somebody asked for the end. */
export class Stopped extends Error {}

export class Session {
  /** @type {{close: () => Promise<void> | void, kill?: () => void}[]} */
  #open = [];
  #stop = new AbortController();
  #askedAt = 0;

  /** Aborts when the end is asked for. */
  get stopped() {
    return this.#stop.signal;
  }

  /** Listens for Ctrl-C and its kin. A second one, later than a second, ends everything at once. */
  listen() {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => this.#ask());
    // A signal to npm ends npm and the shell between it and us, and does not come here.
    const { ppid: parent, env } = process;
    if (env['npm_command']) {
      const looking = setInterval(() => {
        if (process.ppid === parent) return;
        clearInterval(looking);
        this.#ask();
      }, PARENT_EVERY_MS);
      looking.unref();
    }
    // A closed terminal or pipe must not keep us from closing in order.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }

  #ask() {
    const now = Date.now();
    if (!this.#askedAt) {
      this.#askedAt = now;
      console.log('\nEnding everything in order (again Ctrl-C: at once) ...');
      this.#stop.abort();
    } else if (now - this.#askedAt > SECOND_SIGNAL_MS_MIN) {
      for (const { kill } of this.#open) kill?.();
    }
  }

  /** Between two steps of the story. @throws {Stopped} when the end was asked for */
  check() {
    if (this.stopped.aborted) throw new Stopped();
  }

  /** Adds something to close, after all that is added later. @param {() => Promise<void> | void} close @param {() => void} [kill] */
  add(close, kill) {
    this.#open.push(kill ? { close, kill } : { close });
  }

  /** Waits until the end is asked for. @returns {Promise<void>} */
  untilStopped() {
    return new Promise((resolve) => {
      if (this.stopped.aborted) resolve();
      // The timer keeps the process alive; a promise alone does not.
      const alive = setInterval(() => undefined, 60_000);
      this.stopped.addEventListener('abort', () => {
        clearInterval(alive);
        resolve();
      });
    });
  }

  /** Closes everything, newest first. One that fails does not keep the others open. */
  async close() {
    for (const { close } of this.#open.toReversed()) {
      try {
        await close();
      } catch (error) {
        console.error(error);
      }
    }
    this.#open = [];
  }
}
