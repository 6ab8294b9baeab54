import { IsString, MaxLength } from 'class-validator';
import { ListOptions } from '../http/list-options.dto.js';
import { Moment, Optional } from '../http/validators.js';

export class FreeZoneDto {
  id!: number;
  point!: string;
  /** The decision that makes it free. */
  basis!: string;
  validFrom!: string;
  /** Exclusive. */
  validTo!: string | null;
}

export class FreeZoneListOptions extends ListOptions {
  @Optional()
  @IsString()
  point?: string;
}

export class CreateFreeZoneDto {
  @IsString()
  point!: string;

  /** The decision that makes it free. */
  @Optional()
  @IsString()
  @MaxLength(500)
  basis?: string;

  @Moment()
  validFrom!: string;

  /** Exclusive. */
  @Optional()
  @Moment()
  validTo?: string;
}
