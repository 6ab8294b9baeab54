const PAUSE_MS = 10_000;
const REMEMBERED_MAX = 100;

/** Passes the same error on every 10 seconds at most: a store that is down says the same to every queue, all the time. */
export function throttle(
  tell: (error: Error, jobName?: string) => void,
  now: () => number = Date.now,
): (error: Error, jobName?: string) => void {
  const toldAt = new Map<string, number>();
  return (error, jobName) => {
    const key = error.message;
    const at = now();
    if (at - (toldAt.get(key) ?? -Infinity) < PAUSE_MS) return;
    if (toldAt.size >= REMEMBERED_MAX) toldAt.clear();
    toldAt.set(key, at);
    tell(error, jobName);
  };
}
