import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  fileErrorsQuery,
  filesQuery,
  findFile,
  SETTLEMENT_ADAPTERS,
  settledBatchesQuery,
  settlementLinesQuery,
  type ListQuery,
} from '@app/persistence';
import { Allow, CITY, CurrentViewer, EVERYONE, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOptions } from '../http/list-options.dto.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { receiveFile } from './receive-file.js';
import {
  FileErrorDto,
  FileListOptions,
  PreviewDto,
  ReceivedFileDto,
  SettlementBatchDto,
  SettlementBatchOptions,
  SettlementBatchSumsDto,
  SettlementLineDto,
  SettlementLineOptions,
  SettlementSumsDto,
  SettlementUploadDto,
  UploadedDto,
  UploadOptions,
} from './settlements.dto.js';

/** Acquirers' settlement files (docs/SETTLEMENT-FILES.md). */
@ApiTags('settlements')
@Controller()
@ApiExtraModels(PreviewDto)
export class SettlementsController {
  constructor(private readonly services: Services) {}

  /**
   * Takes a settlement file. 201: imported. 200: this very file came before, nothing changed; or a preview (`dryRun`).
   * 202: still at work after `wait` seconds, look at `GET /settlements/{id}`. 400, 409: nothing was booked, the file is
   * kept.
   */
  @Post('settlements')
  @Allow(...OFFICERS)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: SettlementUploadDto })
  @ApiResponse({ status: 201, type: UploadedDto })
  @ApiResponse({ status: 202, type: UploadedDto })
  upload(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() options: UploadOptions,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<UploadedDto | PreviewDto> {
    const reception = { kind: 'settlement' as const, adapters: SETTLEMENT_ADAPTERS };
    return receiveFile(this.services, reception, { request, reply, actor }, options);
  }

  /** Files that came, the newest first. */
  @Get('settlements')
  @Allow(...CITY)
  @ListOf(ReceivedFileDto, 'settlements')
  list(@Query() options: FileListOptions): ListQuery<ReceivedFileDto> {
    return filesQuery('settlement', options);
  }

  /** One file: how far its import has come, and what it found. */
  @Get('settlements/:id')
  @Allow(...CITY)
  find(@IntParam('id') id: number): Promise<ReceivedFileDto> {
    return findFile(this.services.database, 'settlement', id);
  }

  /** What is wrong in which line. The first 10,000 are kept. */
  @Get('settlements/:id/errors')
  @Allow(...CITY)
  @ListOf(FileErrorDto, 'settlement-errors')
  async errors(@IntParam('id') id: number, @Query() _options: ListOptions): Promise<ListQuery<FileErrorDto>> {
    await findFile(this.services.database, 'settlement', id);
    return fileErrorsQuery(id);
  }

  /** Lines of settlement files, by the payment's business day, the newest first. */
  @Get('settlement-rows')
  @Allow(...EVERYONE)
  @ListOf(SettlementLineDto, 'settlement-rows', SettlementSumsDto)
  rows(@Query() options: SettlementLineOptions, @CurrentViewer() { scope }: Viewer): ListQuery<SettlementLineDto> {
    return settlementLinesQuery(options, scope);
  }

  /** Acquirers' batches, the newest settlement day first: what each settled, its payout, and the slip that takes it on. */
  @Get('settlement-batches')
  @Allow(...CITY)
  @ListOf(SettlementBatchDto, 'settlement-batches', SettlementBatchSumsDto)
  batches(@Query() options: SettlementBatchOptions): ListQuery<SettlementBatchDto> {
    return settledBatchesQuery(options);
  }
}
