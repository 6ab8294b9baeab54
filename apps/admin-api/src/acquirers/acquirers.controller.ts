import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  acquirersQuery,
  changeAcquirer,
  createAcquirer,
  findAcquirer,
  qrisOrdersQuery,
  snapNoticesQuery,
  type ListQuery,
} from '@app/persistence';
import { ADMINISTRATORS, Allow, CITY, CurrentViewer, EVERYONE, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { AmountSumDto } from '../http/sums.dto.js';
import { Services } from '../services.js';
import {
  AcquirerDto,
  ChangeAcquirerDto,
  CreateAcquirerDto,
  QrisOrderDto,
  QrisOrderListOptions,
  SnapNoticeDto,
  SnapNoticeListOptions,
} from './acquirers.dto.js';

@ApiTags('acquirers')
@Controller()
export class AcquirersController {
  constructor(private readonly services: Services) {}

  /** The acquirers and what is agreed with them; their secrets are never shown. */
  @Get('acquirers')
  @Allow(...CITY)
  @ListOf(AcquirerDto, 'acquirers')
  list(@Query() _: ListOptions): ListQuery<AcquirerDto> {
    return acquirersQuery();
  }

  @Get('acquirers/:code')
  @Allow(...CITY)
  find(@Param('code') code: string): Promise<AcquirerDto> {
    return findAcquirer(this.services.database, code);
  }

  /** Registers an acquirer; terminals are offered its codes from the next request on. */
  @Post('acquirers')
  @Allow(...ADMINISTRATORS)
  async create(
    @Body() { code, ...acquirer }: CreateAcquirerDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<AcquirerDto> {
    const { database, sealer } = this.services;
    await this.services.write(actor, (tx) => createAcquirer(tx, sealer, code, acquirer));
    return findAcquirer(database, code);
  }

  /** Changes what is given, in force at once: keys are rotated, an acquirer is switched off. */
  @Patch('acquirers/:code')
  @Allow(...ADMINISTRATORS)
  async change(
    @Param('code') code: string,
    @Body() change: ChangeAcquirerDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<AcquirerDto> {
    const { database, sealer } = this.services;
    await this.services.write(actor, (tx) => changeAcquirer(tx, sealer, code, change));
    return findAcquirer(database, code);
  }

  /** Orders of terminals for dynamic codes, the newest first. */
  @Get('qris-orders')
  @Allow(...EVERYONE)
  @ListOf(QrisOrderDto, 'qris-orders', AmountSumDto)
  orders(@Query() options: QrisOrderListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<QrisOrderDto> {
    return qrisOrdersQuery(options, scope);
  }

  /** Notices of acquirers (SNAP service 52), the newest first, with those that were turned down. */
  @Get('snap-notices')
  @Allow(...CITY)
  @ListOf(SnapNoticeDto, 'snap-notices')
  notices(@Query() options: SnapNoticeListOptions): ListQuery<SnapNoticeDto> {
    return snapNoticesQuery(options);
  }
}
