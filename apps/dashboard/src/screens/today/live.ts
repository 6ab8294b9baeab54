import { session } from '../../app/session';

export interface LiveState {
  readonly date: string;
  readonly count: number;
  readonly amount: number;
  readonly openCases: number;
  /** Open cases of each severity that has any. */
  readonly openBySeverity: Readonly<Record<string, number>>;
  readonly overdueCases: number;
  readonly mismatched: number;
  readonly expected: number;
}

/** Null until the first word; `live` is false while the stream is broken. */
export interface Live {
  readonly state: LiveState | null;
  readonly live: boolean;
}

const AGAIN_MS = 5_000;

/** Reads server-sent events with fetch, which can send the token in a header; calls back with the data of each `state`. */
async function read(signal: AbortSignal, onState: (state: LiveState) => void): Promise<void> {
  const headers = { authorization: `Bearer ${session.token}`, accept: 'text/event-stream' };
  const response = await fetch('/api/v1/live', { headers, signal });
  if (!response.ok || !response.body) throw new Error(`live answered ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split('\n\n');
    text = events.pop()!;
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (/^event: state$/m.test(event) && data) {
        const state = JSON.parse(data) as LiveState | { stale: true };
        if (!('stale' in state)) onState(state);
      }
    }
  }
}

let now: Live = { state: null, live: false };
const listeners = new Set<() => void>();
let end: AbortController | null = null;

function tell(next: Partial<Live>): void {
  now = { ...now, ...next };
  listeners.forEach((listener) => listener());
}

async function run(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await read(signal, (state) => tell({ state, live: true })).catch(() => undefined);
    if (signal.aborted) return;
    tell({ live: false });
    await session.refresh();
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** What stands at this moment. */
export const liveNow = (): Live => now;

/** Calls back when it changes. The stream is open while anybody watches. @returns ends the watching */
export function watchLive(listener: () => void): () => void {
  listeners.add(listener);
  if (!end) {
    end = new AbortController();
    void run(end.signal);
  }
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    end!.abort();
    end = null;
    now = { ...now, live: false };
  };
}
