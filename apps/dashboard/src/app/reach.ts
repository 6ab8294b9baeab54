import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let lost = false;

/** Told by every answer of the API, and by every question that got none. */
export function noteReach(reached: boolean): void {
  if (lost === !reached) return;
  lost = !reached;
  listeners.forEach((listener) => listener());
}

/** Whether the last question to the API got no answer. */
export function useApiLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => lost,
  );
}
