import { session } from './session';

/** Signs out; the reload forgets everything that was loaded. */
export async function leave(): Promise<void> {
  await session.signOut();
  window.location.assign('/');
}
