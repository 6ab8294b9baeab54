import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { createFreeZone, endFreeZone, freeZonesQuery, pointIdOfField, type ListQuery } from '@app/persistence';
import { EndAtMomentDto, IdDto } from '../attendants/attendants.dto.js';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.js';
import { Moment, Optional } from '../http/validators.js';
import { Services } from '../services.js';

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
