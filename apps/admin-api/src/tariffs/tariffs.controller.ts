import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createTariff, endTariff, findTariff, tariffsQuery, withdrawTariff, type ListQuery } from '@app/persistence';
import { EndAtMomentDto } from '../attendants/attendants.dto.js';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { CreateTariffDto, TariffDto, TariffListOptions } from './tariffs.dto.js';

@ApiTags('tariffs')
@Controller('tariffs')
export class TariffsController {
  constructor(private readonly services: Services) {}

  /** The tariffs that were, are and will be in force. */
  @Get()
  @Allow(...EVERYONE)
  @ListOf(TariffDto, 'tariffs')
  list(@Query() options: TariffListOptions): ListQuery<TariffDto> {
    return tariffsQuery(options);
  }

  @Get(':code')
  @Allow(...EVERYONE)
  find(@Param('code') code: string): Promise<TariffDto> {
    return findTariff(this.services.database, code);
  }

  /**
   * Enters a tariff, in force now or later. The open-ended one of the same vehicle class and scope (point, street class
   * or city) ends where it begins; terminals get it with their next configuration.
   */
  @Post()
  @Allow(...OFFICERS)
  async create(@Body() tariff: CreateTariffDto, @CurrentViewer() { actor }: Viewer): Promise<TariffDto> {
    await this.services.write(actor, (tx) => createTariff(tx, tariff, this.services.clock.now()));
    return findTariff(this.services.database, tariff.code);
  }

  /** Ends a tariff earlier. Its amount never changes: another one follows it. */
  @Post(':code/end')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async end(
    @Param('code') code: string,
    @Body() { validTo }: EndAtMomentDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => endTariff(tx, code, validTo, this.services.clock.now()));
  }

  /** Takes back a tariff that is not in force yet; the one that was to end where it began goes on. */
  @Delete(':code')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async withdraw(@Param('code') code: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => withdrawTariff(tx, code));
  }
}
