import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isBusinessDate } from '@app/kernel';
import { addHoliday, currentRules, holidaysQuery, removeHoliday, type ListQuery } from '@app/persistence';
import { FieldError } from '@app/registry';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { HolidayDto, HolidayListOptions } from './holidays.dto.js';

/** Days on which nobody has to hand money in. */
@ApiTags('holidays')
@Controller()
export class HolidaysController {
  constructor(private readonly services: Services) {}

  /** Days on which nobody has to hand money in. */
  @Get('holidays')
  @Allow(...EVERYONE)
  @ListOf(HolidayDto, 'holidays')
  holidays(@Query() options: HolidayListOptions): ListQuery<HolidayDto> {
    return holidaysQuery(options);
  }

  /** Adds a holiday; deadlines that it moves are judged again. */
  @Post('holidays')
  @Allow(...OFFICERS)
  async addHoliday(@Body() body: HolidayDto, @CurrentViewer() { actor }: Viewer): Promise<HolidayDto> {
    const { cash } = await currentRules(this.services.database);
    await this.services.write(actor, (tx) => addHoliday(tx, body, cash, this.services.clock.now()));
    return body;
  }

  @Delete('holidays/:day')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async removeHoliday(@Param('day') day: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    if (!isBusinessDate(day)) throw new FieldError('day', 'day must be a real day written YYYY-MM-DD.');
    const { cash } = await currentRules(this.services.database);
    await this.services.write(actor, (tx) => removeHoliday(tx, day, cash, this.services.clock.now()));
  }
}
