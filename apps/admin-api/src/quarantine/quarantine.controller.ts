import { Controller, Get, Param, ParseIntPipe, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { findQuarantined, quarantinedBytes, quarantineQuery, type ListQuery } from '@app/persistence';
import { QUARANTINE_CODES, type QuarantineCode } from '@app/protocol';
import { Allow, CITY } from '../auth/viewer.js';
import { ListOf } from '../http/list.js';
import { ListOptions } from '../http/list-options.js';
import { Optional } from '../http/validators.js';
import { Services } from '../services.js';

export class QuarantineOptions extends ListOptions {
  @Optional()
  @IsString()
  @MaxLength(32)
  deviceId?: string;

  @Optional()
  @IsIn(QUARANTINE_CODES)
  code?: QuarantineCode;
}

export class QuarantineDto {
  id!: number;
  deviceId!: string;
  /** When it first came. */
  at!: string;
  lastAt!: string;
  code!: string;
  reason!: string;
  topic!: string;
  epoch!: number | null;
  seq!: number | null;
  /** Bytes. */
  size!: number;
  /** How often the same bytes came. */
  times!: number;
  /** The first bytes as text. */
  preview!: string;
  reprocessedAt!: string | null;
  outcome!: string | null;
}

@ApiTags('quarantine')
@Controller('quarantine')
@Allow(...CITY)
export class QuarantineController {
  constructor(private readonly services: Services) {}

  /** What terminals sent that could not be accepted, newest first. */
  @Get()
  @ListOf(QuarantineDto, 'quarantine')
  list(@Query() options: QuarantineOptions): ListQuery<QuarantineDto> {
    return quarantineQuery(options);
  }

  @Get(':id')
  find(@Param('id', ParseIntPipe) id: number): Promise<QuarantineDto> {
    return findQuarantined(this.services.database, id);
  }

  /** The bytes as they came. */
  @Get(':id/bytes')
  async bytes(@Param('id', ParseIntPipe) id: number): Promise<StreamableFile> {
    return new StreamableFile(await quarantinedBytes(this.services.database, id), {
      type: 'application/octet-stream',
      disposition: `attachment; filename="quarantine-${id}.bin"`,
    });
  }
}
