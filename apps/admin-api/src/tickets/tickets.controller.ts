import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  changeTickets,
  issueTickets,
  ticketEventsQuery,
  ticketRangesQuery,
  type ListQuery,
  type TicketState,
} from '@app/persistence';
import { IdDto } from '../attendants/attendants.dto.js';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { Services } from '../services.js';
import {
  ChangeTicketsDto,
  IssueTicketsDto,
  ReissueTicketsDto,
  TicketEventDto,
  TicketListOptions,
  TicketRangeDto,
  TicketSumsDto,
} from './tickets.dto.js';

/** The stock of paper tickets: who has which numbers. */
@ApiTags('tickets')
@Controller()
export class TicketsController {
  constructor(private readonly services: Services) {}

  /** The ticket stock: who has which numbers, and how many were used. */
  @Get('ticket-ranges')
  @Allow(...EVERYONE)
  @ListOf(TicketRangeDto, 'ticket-ranges', TicketSumsDto)
  ticketRanges(@Query() options: TicketListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<TicketRangeDto> {
    return ticketRangesQuery(options, scope);
  }

  /** What happened to a range, the newest first. */
  @Get('ticket-ranges/:id/events')
  @Allow(...EVERYONE)
  @ListOf(TicketEventDto, 'ticket-events')
  ticketEvents(
    @IntParam('id') id: number,
    @Query() _: ListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): ListQuery<TicketEventDto> {
    return ticketEventsQuery(id, scope);
  }

  /** Issues new tickets. Numbers that are in the stock already are refused. */
  @Post('ticket-ranges')
  @Allow(...OFFICERS)
  async issue(@Body() body: IssueTicketsDto, @CurrentViewer() { actor }: Viewer): Promise<IdDto> {
    const item = { ...body, attendant: body.attendant ?? null };
    const id = await this.services.write(actor, (tx) => issueTickets(tx, item, this.services.clock.now()));
    return { id };
  }

  /** Takes unused tickets back, all of a range or a part. */
  @Post('ticket-ranges/:id/return')
  @Allow(...OFFICERS)
  returned(
    @IntParam('id') id: number,
    @Body() body: ChangeTicketsDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<IdDto> {
    return this.#change(id, 'returned', body, viewer);
  }

  /** Declares tickets void (lost, damaged, stolen), all of a range or a part. */
  @Post('ticket-ranges/:id/void')
  @Allow(...OFFICERS)
  voided(@IntParam('id') id: number, @Body() body: ChangeTicketsDto, @CurrentViewer() viewer: Viewer): Promise<IdDto> {
    return this.#change(id, 'voided', body, viewer);
  }

  /** Issues returned tickets anew. */
  @Post('ticket-ranges/:id/issue')
  @Allow(...OFFICERS)
  reissued(
    @IntParam('id') id: number,
    @Body() body: ReissueTicketsDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<IdDto> {
    return this.#change(id, 'issued', body, viewer);
  }

  async #change(id: number, change: TicketState, body: ReissueTicketsDto, { actor }: Viewer): Promise<IdDto> {
    const now = this.services.clock.now();
    return { id: await this.services.write(actor, (tx) => changeTickets(tx, id, { ...body, change }, now)) };
  }
}
