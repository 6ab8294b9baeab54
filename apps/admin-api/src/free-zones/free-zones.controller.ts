import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createFreeZone, endFreeZone, freeZonesQuery, pointIdOfField, type ListQuery } from '@app/persistence';
import { EndAtMomentDto, IdDto } from '../attendants/attendants.dto.js';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { CreateFreeZoneDto, FreeZoneDto, FreeZoneListOptions } from './free-zones.dto.js';

@ApiTags('free zones')
@Controller('free-zones')
export class FreeZonesController {
  constructor(private readonly services: Services) {}

  /** Where and when no fee may be charged. */
  @Get()
  @Allow(...EVERYONE)
  @ListOf(FreeZoneDto, 'free-zones')
  list(@Query() { point }: FreeZoneListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<FreeZoneDto> {
    return freeZonesQuery(point, scope);
  }

  @Post()
  @Allow(...OFFICERS)
  async create(@Body() zone: CreateFreeZoneDto, @CurrentViewer() { actor }: Viewer): Promise<IdDto> {
    const id = await this.services.write(actor, async (tx) =>
      createFreeZone(tx, zone, await pointIdOfField(tx, 'point', zone.point)),
    );
    return { id };
  }

  @Post(':id/end')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async end(
    @IntParam('id') id: number,
    @Body() { validTo }: EndAtMomentDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => endFreeZone(tx, id, validTo));
  }
}
