import { createContext, use } from 'react';
import type { Me } from './session';

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('nobody is signed in');
  return me;
}

/** Whether the person may change what officers change. */
export function useIsOfficer(): boolean {
  return ['administrator', 'revenue-officer'].includes(useMe().role);
}
