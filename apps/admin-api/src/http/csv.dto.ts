import { RowFault } from './errors.dto.js';
import { Flag, Optional } from './validators.js';

/** How a file is taken over. */
export class ImportOptions {
  /** Only tells what would happen. */
  @Optional()
  @Flag()
  dryRun: boolean = false;
}

export class ImportDto {
  /** Rows in the file. */
  rows!: number;
  stored!: number;
  /** What is wrong, by line; with any of them nothing is stored. */
  faults!: RowFault[];
}
