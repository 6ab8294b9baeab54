import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import encodeQr from 'qr';
import { confirmTotp, offeredTotp, offerTotp, removeTotp } from '@app/persistence';
import {
  base32,
  FieldError,
  matchingTotpStep,
  newRecoveryCode,
  newTotpSecret,
  totpContext,
  totpUri,
} from '@app/registry';
import { Services } from '../services.js';
import { PasswordConfirmation, RecoveryCodesDto, TotpCodeDto, TotpOfferDto, TotpRemovalDto } from './auth.dto.js';
import { SignIn } from './sign-in.js';
import { Allow, BeforeAllElse, CurrentViewer, EVERYONE, type Viewer } from './viewer.js';

const RECOVERY_CODES = 10;

@ApiTags('sign-in')
@Controller('auth/totp')
@Allow(...EVERYONE)
@BeforeAllElse()
export class TotpController {
  constructor(
    private readonly services: Services,
    private readonly signIn: SignIn,
  ) {}

  /** Offers a new secret for an authenticator, as text and as QR. It counts once its first code is confirmed. */
  @Post('enrol')
  @HttpCode(200)
  async enrol(
    @Body() { password }: PasswordConfirmation,
    @CurrentViewer() { userId, username, actor }: Viewer,
  ): Promise<TotpOfferDto> {
    await this.signIn.confirmPassword(actor, password, 'password');
    const secret = newTotpSecret();
    const sealed = this.services.sealer.seal(secret, totpContext(userId));
    await this.services.write(actor, (tx) => offerTotp(tx, userId, sealed));
    const uri = totpUri(secret, username);
    return { secret: base32(secret), uri, qrSvg: encodeQr(uri, 'svg') };
  }

  /** Confirms the offered secret by its first code: from now on each sign-in needs one. Ends all other sessions. */
  @Post('confirm')
  @HttpCode(200)
  async confirm(@Body() { code }: TotpCodeDto, @CurrentViewer() viewer: Viewer): Promise<RecoveryCodesDto> {
    const { database, sealer, clock } = this.services;
    const secret = sealer.open(await offeredTotp(database, viewer.userId), totpContext(viewer.userId));
    const step = matchingTotpStep(secret, code, clock.now());
    if (step === undefined) throw new FieldError('code', 'The code is wrong.', 'Check the clock of the authenticator.');
    const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await this.services.write(viewer.actor, (tx) => confirmTotp(tx, viewer, step, recoveryCodes));
    return { recoveryCodes };
  }

  /** Removes the own authenticator and its recovery codes, with password and code. Ends all other sessions. */
  @Post('remove')
  @HttpCode(204)
  async remove(
    @Body() secrets: TotpRemovalDto,
    @CurrentViewer() { actor, username, sessionId }: Viewer,
  ): Promise<void> {
    await this.signIn.withPasswordAndCode(actor, secrets, (tx) => removeTotp(tx, username, sessionId));
  }
}
