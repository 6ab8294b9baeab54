import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { PlainError } from '../bootstrap/plain-error.js';

x509.cryptoProvider.set(/** @type {any} */ (webcrypto));

/**
 * A certificate that was issued, as the authority's index keeps it.
 * @typedef {{serial: string, name: string, use: 'device' | 'server', issuedAt: string, notAfter: string, revokedAt?: string}} Issued
 */

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
/** RFC 5280: at most 20 octets, positive. */
const newSerial = () => `0${randomBytes(16).toString('hex').slice(1)}`;

/** A small certificate authority in a folder: for terminals' certificates and the servers' own. */
export class Authority {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {string} name */
  #path(name) {
    return join(this.folder, name);
  }

  /** Makes the authority: its key stays in the folder, readable by its owner alone. @param {string} name @param {number} days */
  async init(name, days) {
    if (existsSync(this.#path('ca.key'))) throw new PlainError(`There is an authority in ${this.folder} already.`);
    mkdirSync(join(this.folder, 'issued'), { recursive: true, mode: 0o700 });
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: newSerial(),
      name: [{ CN: [name] }],
      ...validity(days),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    this.#write('ca.key', await pemOf(keys.privateKey), 0o600);
    this.#write('ca.crt', certificate.toString('pem'));
    this.#keepIndex([]);
    await this.writeCrl();
  }

  /**
   * A new key and its certificate. @param {string} name of the device, or of the server
   * @param {{use: Issued['use'], alt: string[], days: number}} options
   */
  async issue(name, options) {
    const keys = await newKeys();
    const file = await this.#certify(name, keys.publicKey, options);
    this.#write(`${file}.key`, await pemOf(keys.privateKey), 0o600);
    return file;
  }

  /**
   * A certificate for a key that stays where it is. @param {string} pem the request
   * @param {{use: Issued['use'], alt: string[], days: number}} options
   */
  async sign(pem, options) {
    const request = readRequest(pem);
    if (!(await request.verify())) throw new PlainError('The request is not signed by its own key.');
    const name = request.subjectName.getField('CN')[0];
    if (!name) throw new PlainError('The request names nobody: its subject needs a CN.');
    return this.#certify(name, await request.publicKey.export(), options);
  }

  /** @param {string} name @param {import('node:crypto').webcrypto.CryptoKey} publicKey @param {{use: Issued['use'], alt: string[], days: number}} options */
  async #certify(name, publicKey, { use, alt, days }) {
    if (use === 'device' && !/^[a-z0-9][a-z0-9-]{2,31}$/.test(name)) throw new PlainError(`${name} is no device id.`);
    const ca = new x509.X509Certificate(this.#read('ca.crt'));
    const serialNumber = newSerial();
    const usage = use === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber,
      issuer: ca.subject,
      subject: [{ CN: [name] }],
      ...validity(days),
      publicKey,
      signingKey: await this.#signingKey(),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage]),
        ...(alt.length > 0 ? [new x509.SubjectAlternativeNameExtension(alt.map(alternativeName))] : []),
        await x509.AuthorityKeyIdentifierExtension.create(ca),
        await x509.SubjectKeyIdentifierExtension.create(publicKey),
      ],
    });
    const notAfter = certificate.notAfter.toISOString();
    this.#keepIndex([
      ...this.index(),
      { serial: serialNumber, name, use, issuedAt: new Date().toISOString(), notAfter },
    ]);
    const file = join('issued', `${name}-${serialNumber.slice(-8)}`);
    this.#write(`${file}.crt`, certificate.toString('pem'));
    return file;
  }

  /** Takes back what was issued under a name, or one serial of it. @param {string} which @returns {Promise<Issued[]>} */
  async revoke(which) {
    const now = new Date().toISOString();
    const hit = this.index().filter(
      ({ name, serial, revokedAt }) => !revokedAt && (name === which || serial === which),
    );
    if (hit.length === 0) throw new PlainError(`Nothing in force was issued to ${which}.`);
    const serials = new Set(hit.map(({ serial }) => serial));
    this.#keepIndex(this.index().map((one) => (serials.has(one.serial) ? { ...one, revokedAt: now } : one)));
    await this.writeCrl();
    return hit;
  }

  /** Writes the revocation list anew. It names no earlier end than the authority's own: the gateway reads the file live. */
  async writeCrl() {
    const ca = new x509.X509Certificate(this.#read('ca.crt'));
    const crl = await x509.X509CrlGenerator.create({
      issuer: ca.subject,
      thisUpdate: new Date(),
      nextUpdate: ca.notAfter,
      entries: this.index()
        .filter(({ revokedAt }) => revokedAt)
        .map(({ serial, revokedAt }) => ({ serialNumber: serial, revocationDate: new Date(String(revokedAt)) })),
      signingAlgorithm: ALGORITHM,
      signingKey: await this.#signingKey(),
    });
    this.#write('crl.pem', x509.PemConverter.encode(crl.rawData, 'X509 CRL'));
  }

  /** @returns {Issued[]} */
  index() {
    return JSON.parse(this.#read('index.json'));
  }

  /** @param {Issued[]} issued */
  #keepIndex(issued) {
    this.#write('index.json', `${JSON.stringify(issued, null, 2)}\n`);
  }

  #signingKey() {
    const der = Buffer.from(x509.PemConverter.decodeFirst(this.#read('ca.key')));
    return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  }

  /** @param {string} name */
  #read(name) {
    if (!existsSync(this.#path(name)))
      throw new PlainError(`There is no authority in ${this.folder}: begin with init.`);
    return readFileSync(this.#path(name), 'utf8');
  }

  /** Whole or not at all. @param {string} name @param {string} text @param {number} [mode] */
  #write(name, text, mode = 0o644) {
    const draft = this.#path(`${name}.new`);
    writeFileSync(draft, text, { mode, flush: true });
    renameSync(draft, this.#path(name));
  }
}

function newKeys() {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** @param {import('node:crypto').webcrypto.CryptoKey} key */
async function pemOf(key) {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** @param {number} days */
function validity(days) {
  // A little back: clocks of terminals differ.
  return { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + days * DAY_MS) };
}

/** @param {string} pem */
function readRequest(pem) {
  try {
    return new x509.Pkcs10CertificateRequest(pem);
  } catch {
    throw new PlainError('That is no certificate request (PKCS #10, PEM).');
  }
}

/** @param {string} text @returns {{type: 'ip' | 'dns', value: string}} */
function alternativeName(text) {
  return { type: /^[\d.]+$|:/.test(text) ? 'ip' : 'dns', value: text };
}
