import type { Database } from '@app/persistence';
import { isDemoCity } from '@app/persistence';

/** What every paper of the demo city says; undefined in a real one. */
export async function simulatedLabel(database: Database): Promise<string | undefined> {
  return (await isDemoCity(database)) ? 'DATA SIMULASI' : undefined;
}
