import type { WriteTx } from '@app/persistence';
import { ConflictError, FieldError, type Actor } from '@app/registry';
import type { Services } from '../services.js';
import type { ImportDto } from './csv.dto.js';
import { FAULTS_MAX, type CsvRows } from './csv.js';
import type { RowFault } from './errors.dto.js';
import { badRows } from './errors.js';

export interface RowImport<T> {
  readonly services: Services;
  readonly actor: Actor;
  /** Only tells what would happen. */
  readonly dryRun: boolean;
  /** Stores one row; what it throws as FieldError or ConflictError stands against the row. */
  enter(tx: WriteTx, value: T): Promise<unknown>;
}

/**
 * Enters the rows of a file in one transaction: with any fault, or when nothing may be kept, all of it is taken back.
 * @throws ApiError with the faults by line, unless it is a dry run
 */
export async function importRows<T>(
  read: CsvRows<T>,
  { services, actor, dryRun, enter }: RowImport<T>,
): Promise<ImportDto> {
  const faults: RowFault[] = [...read.faults];
  const keep = !dryRun && faults.length === 0;
  const undone = new Error('taken back');
  await services
    .write(actor, async (tx) => {
      for (const { line, value } of read.rows) {
        if (faults.length >= FAULTS_MAX) break;
        try {
          await enter(tx, value);
        } catch (error) {
          if (!(error instanceof FieldError || error instanceof ConflictError)) throw error;
          faults.push({ line, field: error.field ?? '', message: error.message });
        }
      }
      if (!keep || faults.length > 0) throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  faults.sort((a, b) => a.line - b.line);
  if (dryRun) return { rows: read.rows.length + read.faults.length, stored: 0, faults };
  if (faults.length > 0) throw badRows(faults);
  return { rows: read.rows.length, stored: read.rows.length, faults };
}
