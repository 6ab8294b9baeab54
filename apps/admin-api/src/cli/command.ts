import { ConfigError } from '@app/platform';
import { FieldError, RegistryError } from '@app/registry';

/** Runs a command to its end. What the person can mend is told in a sentence; a fault of ours with its stack. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const plain = error instanceof ConfigError || error instanceof RegistryError;
    const about = error instanceof FieldError ? `${error.field}: ` : '';
    console.error(plain ? about + error.message : error);
    if (error instanceof RegistryError && error.remedy) console.error(error.remedy);
    process.exitCode = 1;
  }
}
