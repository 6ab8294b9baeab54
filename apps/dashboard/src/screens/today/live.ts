import { useEffect, useState } from 'react';
import { session } from '../../app/session';

export interface LiveState {
  readonly date: string;
  readonly count: number;
  readonly amount: number;
  readonly openCases: number;
  readonly openAlarms: number;
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

/** Today's income as it grows; null until the first word, and `live` false while the stream is broken. */
export function useLive(): { state: LiveState | null; live: boolean } {
  const [state, setState] = useState<LiveState | null>(null);
  const [live, setLive] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    const run = async (): Promise<void> => {
      while (!end.signal.aborted) {
        await read(end.signal, (next) => {
          setState(next);
          setLive(true);
        }).catch(() => undefined);
        if (end.signal.aborted) return;
        setLive(false);
        await session.refresh();
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void run();
    return () => end.abort();
  }, []);
  return { state, live };
}
