import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CaseMove } from '@app/cases';
import {
  assigneesQuery,
  attachmentBytes,
  attachToCase,
  casesQuery,
  findCase,
  moveCaseBy,
  type ListQuery,
} from '@app/persistence';
import { FieldError } from '@app/registry';
import { Allow, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.dto.js';
import { Discloses } from '../http/discloses.js';
import { Services } from '../services.js';
import {
  AssigneeDto,
  AttachDto,
  CaseDetailDto,
  CaseDto,
  CaseListOptions,
  CaseMoveDto,
  CaseSumsDto,
} from './cases.dto.js';

/** Which role may make which move is the case machine's to say (docs/CASES.md); a clerk sees the operator's cases. */
@ApiTags('cases')
@Controller('cases')
@Allow(...EVERYONE)
export class CasesController {
  constructor(private readonly services: Services) {}

  /** Unresolved first, the worst first. */
  @Get()
  @ListOf(CaseDto, 'cases', CaseSumsDto)
  list(@Query() options: CaseListOptions, @CurrentViewer() { scope }: Viewer): ListQuery<CaseDto> {
    return casesQuery(options, scope);
  }

  /** Who may be given a case. */
  @Get('assignees')
  @Allow(...OFFICERS)
  @ListOf(AssigneeDto, 'assignees')
  assignees(@Query() _: ListOptions): ListQuery<AssigneeDto> {
    return assigneesQuery();
  }

  /** One case with its whole history. Its exceptions: `GET /exceptions?caseId=`. */
  @Get(':id')
  find(@Param('id') id: string, @CurrentViewer() { scope }: Viewer): Promise<CaseDetailDto> {
    return findCase(this.services.database, id, scope);
  }

  /** Moves a case. 409 when somebody moved it meanwhile, or where it stands does not allow the move. */
  @Post(':id/moves')
  async move(
    @Param('id') id: string,
    @Body() body: CaseMoveDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CaseDetailDto> {
    const move = moveOf(body);
    const request = { ...this.#request(id, body.version, viewer), move };
    await this.services.write(viewer.actor, (tx) => moveCaseBy(tx, request));
    return findCase(this.services.database, id, viewer.scope);
  }

  /** Keeps a file with the case, at most 700 KB. */
  @Post(':id/attachments')
  async attach(
    @Param('id') id: string,
    @Body() { version, name, contentType, content }: AttachDto,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CaseDetailDto> {
    const file = { name, contentType, bytes: Buffer.from(content, 'base64') };
    await this.services.write(viewer.actor, (tx) => attachToCase(tx, this.#request(id, version, viewer), file));
    return findCase(this.services.database, id, viewer.scope);
  }

  /** A file of the case, as it came. */
  @Get(':id/attachments/:sha256')
  @Discloses('attachment')
  async attachment(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @CurrentViewer() { scope }: Viewer,
  ): Promise<StreamableFile> {
    await findCase(this.services.database, id, scope);
    const { bytes, name } = await attachmentBytes(this.services.database, id, sha256);
    const safe = name.replace(/[^\w.-]/g, '_');
    return new StreamableFile(bytes, {
      type: 'application/octet-stream',
      disposition: `attachment; filename="${safe}"`,
    });
  }

  #request(id: string, version: number, { username, role, scope }: Viewer) {
    return { id, version, actor: { id: username, role }, scope, nowMs: this.services.clock.now() };
  }
}

/** The fields that a type of move needs; a missing one is told by name. */
function moveOf(body: CaseMoveDto): CaseMove {
  const need = <K extends keyof CaseMoveDto>(field: K): NonNullable<CaseMoveDto[K]> => {
    const value = body[field];
    if (value === undefined || value === null)
      throw new FieldError(field, `${body.type} needs ${field}.`, 'Give it in the body.');
    return value;
  };
  const { type } = body;
  switch (type) {
    case 'assign':
      return { type, to: need('to') };
    case 'comment':
      return { type, text: need('text') };
    case 'record-recovery':
      return { type, amount: need('amount'), into: need('into'), reference: need('reference') };
    case 'request-write-off':
    case 'reject-write-off':
    case 'reopen':
      return { type, reason: need('reason') };
    case 'resolve':
      return { type, outcome: need('outcome'), reason: need('reason') };
    case 'start-review':
    case 'approve-write-off':
      return { type };
  }
}
