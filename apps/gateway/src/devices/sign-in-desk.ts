import { timingSafeEqual } from 'node:crypto';
import type { SignInFacts } from '@app/persistence';
import { isDeviceId } from '@app/protocol';
import { secretHash } from '@app/registry';
import { ConnackCode } from '../broker/connect-packet.js';
import type { SignInRequest } from '../broker/ports.js';
import type { BadSignIns } from './bad-sign-ins.js';

export type Judgement =
  | { readonly accepted: true; readonly facts: SignInFacts }
  | { readonly accepted: false; readonly code: ConnackCode; readonly reason: string };

/** Held against a device that does not exist, so that its refusal costs what a wrong password costs. */
const NO_HASH = Buffer.alloc(32);

/**
 * Decides who is let in: user name = client id = device id with the password of the current epoch, or a client
 * certificate whose common name is the device id. Reads the registry anew each time: what was revoked a moment ago is
 * refused.
 */
export class SignInDesk {
  constructor(
    private readonly factsOf: (deviceId: string) => Promise<SignInFacts | undefined>,
    private readonly badSignIns: BadSignIns,
  ) {}

  /** Rejects when the registry cannot be read. */
  async judge(request: SignInRequest): Promise<Judgement> {
    const { clientId, userName, password, certificateName, address } = request;
    if (!isDeviceId(clientId)) return refuse(ConnackCode.identifierRejected, 'the client id is no device id');
    if (userName !== undefined && userName !== clientId)
      return refuse(ConnackCode.identifierRejected, 'the client id differs from the user name');
    const facts = await this.factsOf(clientId);
    const proven = isProven(facts, password, certificateName, clientId);
    if (!facts || !proven) {
      await this.badSignIns.refused(address, clientId);
      return refuse(ConnackCode.badUserNameOrPassword, 'wrong password, or no such device');
    }
    if (facts.status !== 'active') return refuse(ConnackCode.notAuthorized, 'the device is revoked');
    return { accepted: true, facts };
  }
}

/** A certificate is enough; but a certificate of another device, or a wrong password beside it, is not overlooked. */
function isProven(
  facts: SignInFacts | undefined,
  password: Uint8Array | undefined,
  certificateName: string | null,
  clientId: string,
): boolean {
  const hash = secretHash(Buffer.from(password ?? '').toString());
  const isRight = timingSafeEqual(hash, facts?.passwordHash ?? NO_HASH);
  if (certificateName === null) return isRight;
  return certificateName === clientId && (password === undefined || isRight);
}

function refuse(code: ConnackCode, reason: string): Judgement {
  return { accepted: false, code, reason };
}
