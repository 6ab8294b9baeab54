import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { collectionsQuery, shiftsQuery, type ListQuery } from '@app/persistence';
import { Allow, CurrentViewer, EVERYONE, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { CashSumsDto, CollectionDto, CollectionListOptions, ShiftDto, ShiftListOptions } from './shifts.dto.js';

/** One line a shift and a collection: recorded, counted, difference. */
@ApiTags('shifts')
@Controller()
export class ShiftsController {
  /** One line a shift: recorded, counted, difference, as reconciliation last saw it; with the sums of all lines. */
  @Get('shifts')
  @Allow(...EVERYONE)
  @ListOf(ShiftDto, 'shifts', CashSumsDto)
  shifts(@Query() { attendant, ...filter }: ShiftListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<ShiftDto> {
    return shiftsQuery({ ...filter, ...(attendant !== undefined && { person: attendant }) }, scope);
  }

  /** One line a meter's collection: register, counted, difference, number; with the sums of all lines. */
  @Get('collections')
  @Allow(...EVERYONE)
  @ListOf(CollectionDto, 'collections', CashSumsDto)
  collections(
    @Query() { collector, ...filter }: CollectionListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<CollectionDto> {
    return collectionsQuery({ ...filter, ...(collector !== undefined && { person: collector }) }, scope);
  }
}
