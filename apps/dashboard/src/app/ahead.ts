import { periodOf } from '../parts/days';
import { get, question, type Ask, type Path } from '../parts/get';
import { asks, DAYS } from '../screens/today/asks';
import { watchLive } from '../screens/today/live';
import { queries } from './queries';
import { session, type Me } from './session';

/** So long a screen has to take over the stream that was opened ahead of it, ms. */
const TAKEN_OVER_MS = 10_000;

/** Who is signed in, if anybody, and when the figures of the first page have come or failed to. */
export interface Ahead {
  readonly me: Promise<Me | null>;
  readonly figures: Promise<unknown>;
}

/** Asks what the page will need while its script is still being loaded and read: on a slow machine that takes longest. */
export function askAhead(): Ahead {
  const entered = session.refresh();
  const ifEntered = async <T>(ask: () => Promise<T>): Promise<T | null> => ((await entered) ? ask() : null);
  return {
    me: ifEntered(() => get<Me>('/api/v1/auth/me')).catch(() => null),
    figures: location.pathname === '/' ? ifEntered(askFigures) : Promise.resolve(),
  };
}

function askFigures(): Promise<unknown> {
  setTimeout(
    watchLive(() => undefined),
    TAKEN_OVER_MS,
  );
  const period = periodOf(Object.fromEntries(new URLSearchParams(location.search)), DAYS);
  const questions = [
    question('/api/v1/about'),
    ...Object.values(asks).map((ask) => question(...(ask(period) as [Path, Ask]))),
  ];
  return Promise.all(questions.map((each) => queries.prefetchQuery(each)));
}
