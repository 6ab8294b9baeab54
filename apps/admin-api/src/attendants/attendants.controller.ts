import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  assignmentsQuery,
  attendantsQuery,
  changeAttendant,
  createAssignment,
  createAttendant,
  endAssignment,
  findAttendant,
  type ListQuery,
} from '@app/persistence';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { Discloses } from '../http/discloses.js';
import { Services } from '../services.js';
import {
  AssignmentDto,
  AssignmentListOptions,
  AttendantDto,
  AttendantListOptions,
  ChangeAttendantDto,
  CreateAssignmentDto,
  CreateAttendantDto,
  EndAtMomentDto,
  IdDto,
} from './attendants.dto.js';

@ApiTags('attendants')
@Controller()
@Allow(...EVERYONE)
export class AttendantsController {
  constructor(private readonly services: Services) {}

  /** The attendants; a clerk sees the own operator's and those who work at its points. */
  @Get('attendants')
  @Discloses('attendant')
  @ListOf(AttendantDto, 'attendants')
  list(@Query() options: AttendantListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<AttendantDto> {
    return attendantsQuery(options, scope);
  }

  @Get('attendants/:code')
  @Discloses('attendant')
  find(@Param('code') code: string, @CurrentViewer() { scope }: Viewer): Promise<AttendantDto> {
    return findAttendant(this.services.database, code, scope);
  }

  @Post('attendants')
  @Allow(...OFFICERS)
  async create(
    @Body() attendant: CreateAttendantDto,
    @CurrentViewer() { actor, scope }: Viewer,
  ): Promise<AttendantDto> {
    await this.services.write(actor, (tx) => createAttendant(tx, attendant));
    return findAttendant(this.services.database, attendant.code, scope);
  }

  /** Changes an attendant. Withdrawing the badge ends the assignments. */
  @Patch('attendants/:code')
  @Allow(...OFFICERS)
  async change(
    @Param('code') code: string,
    @Body() change: ChangeAttendantDto,
    @CurrentViewer() { actor, scope }: Viewer,
  ): Promise<AttendantDto> {
    await this.services.write(actor, (tx) => changeAttendant(tx, code, change));
    return findAttendant(this.services.database, code, scope);
  }

  /** Who worked, works and will work where. */
  @Get('assignments')
  @ListOf(AssignmentDto, 'assignments')
  assignments(@Query() options: AssignmentListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<AssignmentDto> {
    return assignmentsQuery(options, scope);
  }

  /** Assigns an attendant to a point. */
  @Post('assignments')
  @Allow(...OFFICERS)
  async assign(@Body() assignment: CreateAssignmentDto, @CurrentViewer() { actor }: Viewer): Promise<IdDto> {
    return { id: await this.services.write(actor, (tx) => createAssignment(tx, assignment)) };
  }

  @Post('assignments/:id/end')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async endAssignment(
    @IntParam('id') id: number,
    @Body() { validTo }: EndAtMomentDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => endAssignment(tx, id, validTo));
  }
}
