import { Skeleton } from '@mantine/core';
import { startTransition, useEffect, useState, type ReactElement, type ReactNode } from 'react';

/** What lies below the first view: its place is held until the rest stands. */
export function Later({ height, children }: { height: number; children: ReactNode }): ReactElement {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const soon = setTimeout(() => startTransition(() => setDue(true)));
    return () => clearTimeout(soon);
  }, []);
  return due ? <>{children}</> : <Skeleton h={height} aria-hidden />;
}
