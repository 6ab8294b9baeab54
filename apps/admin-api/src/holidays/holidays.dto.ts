import { IsString, Length } from 'class-validator';
import { DayRangeOptions } from '../http/list-options.dto.js';
import { IsDay } from '../http/validators.js';

export class HolidayListOptions extends DayRangeOptions {}

export class HolidayDto {
  @IsDay()
  day!: string;

  @IsString()
  @Length(1, 200)
  name!: string;
}
