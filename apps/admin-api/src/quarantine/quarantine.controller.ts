import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  findQuarantined,
  quarantinedBytes,
  quarantineQuery,
  reprocessingAnswer,
  requestReprocessing,
  type ListQuery,
  type Reprocessing,
} from '@app/persistence';
import { ConflictError, NotFoundError } from '@app/registry';
import { Allow, CITY, CurrentViewer, OFFICERS, type Viewer } from '../auth/viewer.js';
import { gatewayAway } from '../http/errors.js';
import { IntParam } from '../http/int-param.js';
import { ListOf } from '../http/list.js';
import { Discloses } from '../http/discloses.js';
import { Services } from '../services.js';
import { QuarantineDto, QuarantineOptions, ReprocessedDto } from './quarantine.dto.js';

const ANSWER_MS_MAX = 15_000;
const ANSWER_POLL_MS = 50;

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
  @Discloses('quarantine')
  find(@IntParam('id') id: number): Promise<QuarantineDto> {
    return findQuarantined(this.services.database, id);
  }

  /** The bytes as they came. */
  @Get(':id/bytes')
  @Discloses('quarantine')
  async bytes(@IntParam('id') id: number): Promise<StreamableFile> {
    return new StreamableFile(await quarantinedBytes(this.services.database, id), {
      type: 'application/octet-stream',
      disposition: `attachment; filename="quarantine-${id}.bin"`,
    });
  }

  /**
   * Sends the bytes through the gateway's checks again, after whatever made them unacceptable was mended. What counts
   * already stays counted once. 409 when they still cannot be accepted, or were reprocessed before; 503 when no gateway
   * runs: it alone may write the journal.
   */
  @Post(':id/reprocess')
  @Allow(...OFFICERS)
  @HttpCode(200)
  async reprocess(@IntParam('id') id: number, @CurrentViewer() { actor }: Viewer): Promise<ReprocessedDto> {
    await findQuarantined(this.services.database, id);
    const outcome = await this.answerOf(await this.services.write(actor, (tx) => requestReprocessing(tx, id)));
    if (outcome.state === 'not-found') throw new NotFoundError('quarantine entry', String(id));
    if (outcome.state === 'done-before') throw new ConflictError(`Entry ${id} was reprocessed before.`);
    if (outcome.state === 'still-faulty')
      throw new ConflictError(`Entry ${id} still cannot be accepted: ${outcome.reason}.`, 'Mend the cause first.');
    return { results: outcome.results.map(({ seq, outcome, code }) => ({ seq, outcome, code: code ?? null })) };
  }

  private async answerOf(requestId: number): Promise<Reprocessing> {
    for (let waitedMs = 0; waitedMs < ANSWER_MS_MAX; waitedMs += ANSWER_POLL_MS) {
      const answer = await reprocessingAnswer(this.services.database, requestId);
      if (answer) return answer;
      await sleep(ANSWER_POLL_MS);
    }
    throw gatewayAway();
  }
}
