import { IsIn, IsString, Length, Matches } from 'class-validator';
import { VEHICLE_CLASSES, type VehicleClass } from '@app/protocol';
import { ListOptions } from '../http/list-options.dto.js';
import { IsDay, Optional } from '../http/validators.js';

export class SubscriptionDto {
  id!: number;
  /** The beginning of the plate's keyed hash: tells two apart, reveals neither. */
  plateMark!: string;
  vehicleClass!: string;
  validFrom!: string;
  /** The day after the last one. */
  validTo!: string;
}

export class SubscriptionListOptions extends ListOptions {
  /** Day on which they are valid. */
  @Optional()
  @IsDay()
  on?: string;
}

export class PlateDto {
  @IsString()
  @Length(2, 20)
  @Matches(/[A-Za-z0-9]/, { message: 'plate must hold letters or digits' })
  plate!: string;
}

export class CreateSubscriptionDto extends PlateDto {
  @IsIn(VEHICLE_CLASSES)
  vehicleClass!: VehicleClass;

  @IsDay()
  validFrom!: string;

  /** The day after the last one. */
  @IsDay()
  validTo!: string;
}
