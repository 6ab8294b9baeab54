import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import encodeQr from 'qr';
import {
  deviceFaults,
  devicesOfPresence,
  devicesQuery,
  findDevice,
  journalStateOf,
  registerDevice,
  rotateDevice,
  setDeviceStatus,
  type DeviceRow,
  type ListQuery,
  type PresenceJudge,
} from '@app/persistence';
import { presenceOf, provisioningText, type Credentials } from '@app/registry';
import { ADMINISTRATORS, Allow, CurrentViewer, EVERYONE, type Viewer } from '../auth/viewer.js';
import { ImportOptions } from '../http/csv.dto.js';
import { csvText, readCsv, repeated } from '../http/csv.js';
import { badRows } from '../http/errors.js';
import { ListOf } from '../http/list.js';
import { Services } from '../services.js';
import {
  BatchDto,
  CredentialsDto,
  DeviceDetailDto,
  DeviceDto,
  DeviceListOptions,
  ProvisionOptions,
  RegisterDeviceDto,
  RotateDeviceDto,
} from './devices.dto.js';

@ApiTags('devices')
@Controller('devices')
export class DevicesController {
  readonly #judge: PresenceJudge;

  constructor(private readonly services: Services) {
    this.#judge = (facts) => presenceOf(facts, services.settings.presence, services.clock.now());
  }

  /** The devices; an operator's clerk sees those at the points which the operator runs today. */
  @Get()
  @Allow(...EVERYONE)
  @ListOf(DeviceDto, 'devices')
  async list(@Query() options: DeviceListOptions, @CurrentViewer() { scope }: Viewer): Promise<ListQuery<DeviceRow>> {
    const list = devicesQuery(options, scope, this.#judge);
    return options.presence ? devicesOfPresence(this.services.database, list, options.presence) : list;
  }

  /** One device: presence, epoch, and what of its journal has come. */
  @Get(':deviceId')
  @Allow(...EVERYONE)
  async find(@Param('deviceId') deviceId: string, @CurrentViewer() { scope }: Viewer): Promise<DeviceDetailDto> {
    const { database } = this.services;
    const device = await findDevice(database, deviceId, scope, this.#judge);
    return { ...device, ...(await journalStateOf(database, device)) };
  }

  /** Registers a device and gives its credentials, once. */
  @Post()
  @Allow(...ADMINISTRATORS)
  async register(
    @Body() device: RegisterDeviceDto,
    @Query() { qr }: ProvisionOptions,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<CredentialsDto> {
    return printable(await this.services.write(actor, (tx) => registerDevice(tx, this.services.sealer, device)), qr);
  }

  /**
   * Registers a maker's batch from a CSV file with the columns deviceId, kind, point and optionally model, publicKey;
   * all or none. With `dryRun=true` it only tells what would happen. The answer holds the credentials, once.
   */
  @Post('batch')
  @Allow(...ADMINISTRATORS)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  async registerBatch(
    @Body() text: unknown,
    @Query() { dryRun }: ImportOptions,
    @CurrentViewer() { actor }: Viewer,
  ): Promise<BatchDto> {
    const { rows, faults } = readCsv(csvText(text), RegisterDeviceDto, BATCH_COLUMNS, (cells) => cells);
    const wanted = rows.map(({ value }) => value);
    const faultsOf = await deviceFaults(this.services.database, wanted);
    const all = [
      ...faults,
      ...repeated(rows, 'deviceId'),
      ...rows.flatMap(({ line, value }) => faultsOf(value).map((fault) => ({ line, ...fault }))),
    ].sort((a, b) => a.line - b.line);
    if (dryRun) return { rows: rows.length + faults.length, stored: 0, faults: all, devices: [] };
    if (all.length > 0) throw badRows(all);
    const devices = await this.services.write(actor, async (tx) => {
      const registered: CredentialsDto[] = [];
      for (const device of wanted)
        registered.push(printable(await registerDevice(tx, this.services.sealer, device), undefined));
      return registered;
    });
    return { rows: devices.length, stored: devices.length, faults: [], devices };
  }

  /** New password, new key, next epoch; the live connection is closed. Spooled records of earlier epochs still count. */
  @Post(':deviceId/rotate')
  @Allow(...ADMINISTRATORS)
  async rotate(
    @Param('deviceId') deviceId: string,
    @Query() { qr }: ProvisionOptions,
    @CurrentViewer() { actor }: Viewer,
    @Body() change?: RotateDeviceDto,
  ): Promise<CredentialsDto> {
    const { sealer } = this.services;
    const credentials = await this.services.write(actor, (tx) => rotateDevice(tx, sealer, deviceId, change?.publicKey));
    return printable(credentials, qr);
  }

  /** Shuts the device out: closes its connection at once and refuses the next. */
  @Post(':deviceId/revoke')
  @Allow(...ADMINISTRATORS)
  @HttpCode(204)
  async revoke(@Param('deviceId') deviceId: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => setDeviceStatus(tx, deviceId, 'revoked'));
  }

  /** Lets a revoked device in again, with the credentials it had; rotate it afterwards if they may be known. */
  @Post(':deviceId/reinstate')
  @Allow(...ADMINISTRATORS)
  @HttpCode(204)
  async reinstate(@Param('deviceId') deviceId: string, @CurrentViewer() { actor }: Viewer): Promise<void> {
    await this.services.write(actor, (tx) => setDeviceStatus(tx, deviceId, 'active'));
  }
}

const BATCH_COLUMNS = {
  needed: ['deviceId', 'kind', 'point'],
  known: ['deviceId', 'kind', 'point', 'model', 'publicKey'],
};

function printable(credentials: Credentials, qr: 'svg' | undefined): CredentialsDto {
  const qrText = provisioningText(credentials);
  return { ...credentials, qrText, ...(qr && { qrSvg: encodeQr(qrText, 'svg') }) };
}
