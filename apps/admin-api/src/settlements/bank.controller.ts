import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  BANK_ADAPTER,
  bankAccountsQuery,
  bankEntriesQuery,
  fileErrorsQuery,
  filesQuery,
  findFile,
  saveBankAccount,
  type ListQuery,
} from '@app/persistence';
import { ConflictError } from '@app/registry';
import { Allow, CITY, CurrentViewer, OFFICERS, type Viewer } from '../auth/viewer.js';
import { IntParam } from '../http/int-param.js';
import { ListOptions } from '../http/list-options.dto.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import { receiveFile } from './receive-file.js';
import {
  BankAccountDto,
  BankEntryDto,
  BankEntryOptions,
  BankEntrySumsDto,
  BankUploadDto,
  FileErrorDto,
  FileListOptions,
  PreviewDto,
  ReceivedFileDto,
  UploadedDto,
  UploadOptions,
} from './settlements.dto.js';

/** Bank statements: payouts of acquirers, and credit notes of deposit slips (docs/SETTLEMENT-FILES.md). */
@ApiTags('bank')
@Controller()
export class BankController {
  constructor(private readonly services: Services) {}

  /** Takes a bank statement; answers as `POST /settlements` does. Credit notes find their slips by reference. */
  @Post('bank-statements')
  @Allow(...OFFICERS)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: BankUploadDto })
  @ApiResponse({ status: 201, type: UploadedDto })
  @ApiResponse({ status: 202, type: UploadedDto })
  upload(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() options: UploadOptions,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<UploadedDto | PreviewDto> {
    const reception = { kind: 'bank' as const, adapters: [BANK_ADAPTER] };
    return receiveFile(this.services, reception, { request, reply, actor }, options);
  }

  /** Statements that came, the newest first. */
  @Get('bank-statements')
  @Allow(...CITY)
  @ListOf(ReceivedFileDto, 'bank-statements')
  list(@Query() options: FileListOptions): ListQuery<ReceivedFileDto> {
    return filesQuery('bank', options);
  }

  @Get('bank-statements/:id')
  @Allow(...CITY)
  find(@IntParam('id') id: number): Promise<ReceivedFileDto> {
    return findFile(this.services.database, 'bank', id);
  }

  /** What is wrong in which line. The first 10,000 are kept. */
  @Get('bank-statements/:id/errors')
  @Allow(...CITY)
  @ListOf(FileErrorDto, 'bank-statement-errors')
  async errors(@IntParam('id') id: number, @Query() _options: ListOptions): Promise<ListQuery<FileErrorDto>> {
    await findFile(this.services.database, 'bank', id);
    return fileErrorsQuery(id);
  }

  /** Entries of bank statements, the newest first, with what explains them. */
  @Get('bank-entries')
  @Allow(...CITY)
  @ListOf(BankEntryDto, 'bank-entries', BankEntrySumsDto)
  entries(@Query() options: BankEntryOptions): ListQuery<BankEntryDto> {
    return bankEntriesQuery(options);
  }

  /** Accounts into which money comes. */
  @Get('bank-accounts')
  @Allow(...CITY)
  @ListOf(BankAccountDto, 'bank-accounts')
  accounts(@Query() _options: ListOptions): ListQuery<BankAccountDto> {
    return bankAccountsQuery();
  }

  /** Names an account, and says whether it is the treasury account. 409 when its entries were booked as the other kind. */
  @Post('bank-accounts')
  @Allow(...OFFICERS)
  @HttpCode(200)
  async account(@Body() body: BankAccountDto, @CurrentViewer() { actor }: Viewer): Promise<BankAccountDto> {
    await this.services.write(actor, async (tx) => {
      if (!(await saveBankAccount(tx, body)))
        throw new ConflictError(
          `The account ${body.account} has entries and is of the other kind.`,
          'Register a treasury account before its first statement.',
          'kind',
        );
      await tx.audit('bank-account.save', body.account, body);
    });
    return body;
  }
}
