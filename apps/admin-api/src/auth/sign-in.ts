import { Injectable } from '@nestjs/common';
import {
  rehashPassword,
  signInSecretsOf,
  useRecoveryCode,
  useTotpStep,
  type SignInSecrets,
  type WriteTx,
} from '@app/persistence';
import { FieldError, matchingTotpStep, totpContext, type Actor } from '@app/registry';
import { passwordExpired, totpRequired, wrongPassword, wrongTotp } from '../http/errors.js';
import { Services } from '../services.js';
import { hashPassword, isDated, passwordMatches } from './passwords.js';
import { SignInThrottle, type Verdict } from './sign-in-throttle.js';

/** Checks who somebody is: password, and the code of the authenticator where there is one. */
@Injectable()
export class SignIn {
  readonly #throttle: SignInThrottle;

  constructor(private readonly services: Services) {
    this.#throttle = new SignInThrottle(services.database, services.clock);
  }

  /**
   * Runs `work` in one transaction when password and code are right. A code is used up in that same transaction.
   * @throws ApiError 401 when one is wrong or missing, 429 when this pair of name and address must wait
   */
  async withPasswordAndCode<T>(
    actor: Actor,
    { password, totp }: { password: string; totp?: string },
    work: (tx: WriteTx, userId: number) => Promise<T>,
  ): Promise<T> {
    const user = await signInSecretsOf(this.services.database, actor.username);
    let result: { value: T } | undefined;
    let refusal = wrongPassword;
    await this.#throttle.guard(actor.username, actor.address, async (): Promise<Verdict> => {
      if (!(await passwordMatches(user?.passwordHash, password)) || !user) return 'wrong';
      refusal = wrongTotp;
      if (user.passwordExpired) refusal = passwordExpired;
      else if (user.totpSealed !== null && totp === undefined) refusal = totpRequired;
      if (refusal !== wrongTotp) return 'incomplete';
      await this.refreshHash(user, password);
      result = await this.services.write(actor, async (tx) => {
        if (!(await this.codeIsRight(tx, user, totp))) {
          await tx.audit('totp.wrong', actor.username);
          return undefined;
        }
        return { value: await work(tx, user.userId) };
      });
      return result ? 'right' : 'wrong';
    });
    if (result) return result.value;
    if (refusal === wrongPassword)
      this.services.log.info({ known: user !== undefined, ip: actor.address }, 'wrong password');
    throw refusal();
  }

  /** The password of somebody who is signed in already. @throws FieldError */
  async confirmPassword(actor: Actor, password: string, field: string): Promise<void> {
    const user = await signInSecretsOf(this.services.database, actor.username);
    const verdict = await this.#throttle.guard(actor.username, actor.address, async () =>
      (await passwordMatches(user?.passwordHash, password)) ? 'right' : 'wrong',
    );
    if (verdict !== 'right') throw new FieldError(field, 'The password is wrong.');
  }

  private async codeIsRight(tx: WriteTx, user: SignInSecrets, code: string | undefined): Promise<boolean> {
    if (user.totpSealed === null) return true;
    if (code === undefined) return false;
    if (!/^\d{6}$/.test(code)) return useRecoveryCode(tx, user.userId, code);
    const secret = this.services.sealer.open(user.totpSealed, totpContext(user.userId));
    const step = matchingTotpStep(secret, code, this.services.clock.now());
    return step !== undefined && useTotpStep(tx, user.userId, step);
  }

  private async refreshHash(user: SignInSecrets, password: string): Promise<void> {
    if (!isDated(user.passwordHash)) return;
    await rehashPassword(this.services.database, user.userId, user.passwordHash, await hashPassword(password));
  }
}
