import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createSubscription, endSubscription, subscriptionsQuery, type ListQuery } from '@app/persistence';
import { IdDto } from '../attendants/attendants.dto.js';
import { Allow, CITY, CurrentViewer, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { EndOnDayDto } from '../points/points.dto.js';
import { Discloses } from '../http/discloses.js';
import { Services } from '../services.js';
import { CreateSubscriptionDto, PlateDto, SubscriptionDto, SubscriptionListOptions } from './subscriptions.dto.js';

@ApiTags('subscriptions')
@Controller('subscriptions')
export class SubscriptionsController {
  constructor(private readonly services: Services) {}

  /** Subscriptions. Plates are kept as keyed hashes only and can not be told. */
  @Get()
  @Allow(...CITY)
  @ListOf(SubscriptionDto, 'subscriptions')
  list(@Query() { on }: SubscriptionListOptions): ListQuery<SubscriptionDto> {
    return subscriptionsQuery({ ...(on !== undefined && { on }) });
  }

  /** The subscriptions of one plate. The plate comes in the body, so that no log of addresses holds it. */
  @Post('search')
  @Discloses('plate')
  @Allow(...CITY)
  @HttpCode(200)
  @ListOf(SubscriptionDto, 'subscriptions')
  search(@Body() { plate }: PlateDto): ListQuery<SubscriptionDto> {
    return subscriptionsQuery({ plateHash: this.services.sealer.plateHash(plate) });
  }

  @Post()
  @Allow(...OFFICERS)
  async create(@Body() subscription: CreateSubscriptionDto, @CurrentViewer() { actor }: Viewer): Promise<IdDto> {
    const { sealer } = this.services;
    return { id: await this.services.write(actor, (tx) => createSubscription(tx, sealer, subscription)) };
  }

  @Post(':id/end')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async end(
    @IntParam('id') id: number,
    @Body() { validTo }: EndOnDayDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => endSubscription(tx, id, validTo));
  }
}
