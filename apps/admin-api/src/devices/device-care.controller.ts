import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  assignDevice,
  commandDevice,
  commandsQuery,
  deviceAssignmentsQuery,
  findRecord,
  gapsQuery,
  journalQuery,
  requireDevice,
  type ListQuery,
  type OfficerCommand,
} from '@app/persistence';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { Discloses } from '../http/discloses.js';
import { Services } from '../services.js';
import {
  ChangePlaceDto,
  CommandDto,
  CommandIdDto,
  DeviceAssignmentDto,
  GapDto,
  GapListOptions,
  JournalListOptions,
  JournalRecordDto,
  JournalRowDto,
  LockDto,
  MessageDto,
  ResendDto,
} from './devices.dto.js';

/** What is done with a device in service: where it stands, what it is told, what it journalled. */
@ApiTags('devices')
@Controller('devices/:deviceId')
@Allow(...EVERYONE)
export class DeviceCareController {
  constructor(private readonly services: Services) {}

  /** Where the device worked, works and will work. */
  @Get('assignments')
  @ListOf(DeviceAssignmentDto, 'device-assignments')
  async assignments(
    @Param('deviceId') deviceId: string,
    @Query() _: ListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<ListQuery<DeviceAssignmentDto>> {
    await requireDevice(this.services.database, deviceId, scope);
    return deviceAssignmentsQuery(deviceId, scope);
  }

  /** Moves the device to another point. Records belong to the point of their own time, also when they come later. */
  @Post('assign')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async assign(
    @Param('deviceId') deviceId: string,
    @Body() { point, from }: ChangePlaceDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<void> {
    await this.services.write(actor, (tx) => assignDevice(tx, deviceId, point, from));
  }

  /** Tells the terminal to take no more payments. */
  @Post('lock')
  @Allow(...OFFICERS)
  lock(
    @Param('deviceId') deviceId: string,
    @CurrentViewer() viewer: Viewer,
    @Body() args?: LockDto,
  ): Promise<CommandIdDto> {
    return this.#command(deviceId, viewer, { name: 'lock', args: { ...args } });
  }

  @Post('unlock')
  @Allow(...OFFICERS)
  unlock(@Param('deviceId') deviceId: string, @CurrentViewer() viewer: Viewer): Promise<CommandIdDto> {
    return this.#command(deviceId, viewer, { name: 'unlock', args: {} });
  }

  /** Tells the terminal to read its configuration anew. */
  @Post('sync-config')
  @Allow(...OFFICERS)
  syncConfig(@Param('deviceId') deviceId: string, @CurrentViewer() viewer: Viewer): Promise<CommandIdDto> {
    return this.#command(deviceId, viewer, { name: 'sync-config', args: {} });
  }

  /** Shows the attendant a text. */
  @Post('message')
  @Allow(...OFFICERS)
  message(
    @Param('deviceId') deviceId: string,
    @Body() { text }: MessageDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CommandIdDto> {
    return this.#command(deviceId, viewer, { name: 'message', args: { text } });
  }

  /** Asks for records again. Gaps are asked for without it. */
  @Post('resend')
  @Allow(...OFFICERS)
  resend(
    @Param('deviceId') deviceId: string,
    @Body() { epoch, from, to }: ResendDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CommandIdDto> {
    return this.#command(deviceId, viewer, { name: 'resend', args: { epoch, from, to } });
  }

  async #command(deviceId: string, { actor }: Viewer, command: OfficerCommand): Promise<CommandIdDto> {
    const now = this.services.clock.now();
    return { id: await this.services.write(actor, (tx) => commandDevice(tx, deviceId, command, now)) };
  }

  /** The commands the device was given, newest first, and what became of them. */
  @Get('commands')
  @ListOf(CommandDto, 'commands')
  async commands(
    @Param('deviceId') deviceId: string,
    @Query() _: ListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<ListQuery<CommandDto>> {
    await requireDevice(this.services.database, deviceId, scope);
    return commandsQuery(deviceId, scope);
  }

  /** What has not come from the device. */
  @Get('gaps')
  @ListOf(GapDto, 'gaps')
  async gaps(
    @Param('deviceId') deviceId: string,
    @Query() { epoch }: GapListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<ListQuery<GapDto>> {
    await requireDevice(this.services.database, deviceId, scope);
    return gapsQuery(deviceId, scope, epoch);
  }

  /** What the device journalled, newest first; a clerk sees the days on which the operator ran the point. */
  @Get('journal')
  @Discloses('record')
  @ListOf(JournalRowDto, 'journal')
  async journal(
    @Param('deviceId') deviceId: string,
    @Query() options: JournalListOptions,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<ListQuery<JournalRowDto>> {
    await requireDevice(this.services.database, deviceId, scope);
    return journalQuery(deviceId, options, scope);
  }

  /** One record, whole, as the terminal sealed it. */
  @Get('journal/:epoch/:seq')
  @Discloses('record')
  record(
    @Param('deviceId') deviceId: string,
    @IntParam('epoch') epoch: number,
    @IntParam('seq') seq: number,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<JournalRecordDto> {
    return findRecord(this.services.database, deviceId, epoch, seq, scope);
  }
}
