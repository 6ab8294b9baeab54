import { Body, Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { takeJournalKeys } from '@app/persistence';
import { ADMINISTRATORS, Allow, CITY, CurrentViewer, type Viewer } from '../auth/viewer.js';
import { Services } from '../services.js';
import { journalFile, keyFile, requireJournal } from './journal-file.js';

export class JournalKeysDto {
  /** Opens the file; at least 16 characters. It is kept nowhere. */
  @IsString()
  @Length(16, 200)
  passphrase!: string;
}

/** A device's keys, sealed under the passphrase. */
export class JournalKeyFileDto {
  format!: string;
  version!: number;
  device!: string;
  epochs!: number[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  scrypt!: Record<string, unknown>;
  nonce!: string;
  sealed!: string;
}

/** A device's journal for an auditor, to be proved without us: docs/JOURNAL-EXPORT.md. */
@ApiTags('devices')
@Controller('devices/:deviceId')
export class JournalExportController {
  constructor(private readonly services: Services) {}

  /** The whole journal as NDJSON, signed. It holds no secret key. `npm run verify-journal` proves it. */
  @Get('journal-export')
  @Allow(...CITY)
  @ApiOkResponse({ content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  async journal(@Param('deviceId') deviceId: string, @CurrentViewer() viewer: Viewer): Promise<StreamableFile> {
    await requireJournal(this.services, deviceId);
    return new StreamableFile(journalFile(this.services, deviceId, viewer.username), {
      type: 'application/x-ndjson',
      disposition: `attachment; filename="journal-${deviceId}.ndjson"`,
    });
  }

  /** The keys that prove the records' MACs, sealed under a passphrase. Whoever opens them could also forge records. */
  @Post('journal-keys')
  @Allow(...ADMINISTRATORS)
  @HttpCode(200)
  @ApiOkResponse({ type: JournalKeyFileDto })
  async keys(
    @Param('deviceId') deviceId: string,
    @Body() { passphrase }: JournalKeysDto,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<JournalKeyFileDto> {
    const keys = await this.services.write(actor, (tx) => takeJournalKeys(tx, deviceId));
    return (await keyFile(this.services.sealer, deviceId, keys, passphrase)) as unknown as JournalKeyFileDto;
  }
}
