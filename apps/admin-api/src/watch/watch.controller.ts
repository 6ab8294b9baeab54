import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  accessQuery,
  acknowledgeAlarm,
  alarmsQuery,
  auditHead,
  auditQuery,
  clearAlarm,
  findingsQuery,
  type ListQuery,
} from '@app/persistence';
import { ADMINISTRATORS, Allow, CITY, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import {
  AccessDto,
  AccessListOptions,
  AuditHeadDto,
  AlarmDto,
  AlarmListOptions,
  AuditDto,
  AuditListOptions,
  FindingDto,
  FindingListOptions,
} from './watch.dto.js';

@ApiTags('watch')
@Controller()
export class WatchController {
  constructor(private readonly services: Services) {}

  /** Exact findings of integrity: conflicts, broken chains, voids without effect, gaps that stay. */
  @Get('findings')
  @Allow(...CITY)
  @ListOf(FindingDto, 'findings')
  findings(@Query() options: FindingListOptions): ListQuery<FindingDto> {
    return findingsQuery(options);
  }

  /** Alarms; an operator's clerk sees those of the own points and devices. */
  @Get('alarms')
  @Allow(...EVERYONE)
  @ListOf(AlarmDto, 'alarms')
  alarms(@Query() options: AlarmListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<AlarmDto> {
    return alarmsQuery(options, scope);
  }

  /** Somebody looks after it. */
  @Post('alarms/:id/acknowledge')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async acknowledge(@IntParam('id') id: number, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => acknowledgeAlarm(tx, id));
  }

  /** It is over. When its cause is not, it is raised anew. */
  @Post('alarms/:id/clear')
  @Allow(...OFFICERS)
  @HttpCode(204)
  async clear(@IntParam('id') id: number, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => clearAlarm(tx, id));
  }

  /** Who did what, newest first. */
  @Get('audit-log')
  @Allow(...ADMINISTRATORS, 'auditor')
  @ListOf(AuditDto, 'audit-log')
  audit(@Query() options: AuditListOptions): ListQuery<AuditDto> {
    return auditQuery(options);
  }

  /** The newest link of the audit log's hash chain: note it down elsewhere, and `npm run verify-audit` holds the log to it. */
  @Get('audit-log/head')
  @Allow(...ADMINISTRATORS, 'auditor')
  head(): Promise<AuditHeadDto> {
    return auditHead(this.services.database);
  }

  /** Who looked at personal data, newest first. */
  @Get('access-log')
  @Allow(...ADMINISTRATORS, 'auditor')
  @ListOf(AccessDto, 'access-log')
  accesses(@Query() options: AccessListOptions): ListQuery<AccessDto> {
    return accessQuery(options);
  }
}
