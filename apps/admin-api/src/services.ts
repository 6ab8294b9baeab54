import type { FlagLimits } from '@app/journal';
import type { Clock } from '@app/kernel';
import type { Database, SessionLimits, WriteTx } from '@app/persistence';
import { write } from '@app/persistence';
import type { Logger, Registry } from '@app/platform';
import type { Actor, PresenceLimits, Role, Sealer } from '@app/registry';

export interface Parts {
  readonly database: Database;
  /** For reports: may lie a little behind. The same as `database` where there is no replica. */
  readonly reading?: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly settings: ApiSettings;
}

/** Everything a controller works with. Made once in main (or by a test) and handed in. */
export class Services implements Parts {
  readonly database: Database;
  readonly reading: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly settings: ApiSettings;

  constructor(parts: Parts) {
    this.database = parts.database;
    this.reading = parts.reading ?? parts.database;
    this.sealer = parts.sealer;
    this.clock = parts.clock;
    this.log = parts.log;
    this.metrics = parts.metrics;
    this.settings = parts.settings;
  }

  /** An officer's write: one transaction, with its audit entry. */
  write<T>(actor: Actor, work: (tx: WriteTx) => Promise<T>): Promise<T> {
    return write(this.database, actor, work);
  }
}

/** What of the configuration the API itself uses. */
export interface ApiSettings {
  readonly session: SessionLimits;
  /** Roles that must sign in with an authenticator. */
  readonly totpRoles: readonly Role[];
  readonly presence: PresenceLimits;
  /** For quarantined bytes that go through ingest again. */
  readonly flagLimits: FlagLimits;
  /** From one address. */
  readonly requestsPerMinuteMax: number;
  /** Certificate chain and private key (PEM files) when the API speaks TLS itself. */
  readonly https?: { readonly certFile: string; readonly keyFile: string };
  /** Proxies in front whose X-Forwarded-For is believed; 0 for none. */
  readonly trustedProxies: number;
  /** Tiles of a base map from elsewhere: their address with `{z}`, `{x}`, `{y}`, and who made them. */
  readonly map?: { readonly tiles: string; readonly credit: string };
  /** Whose reports they are. */
  readonly authority: string;
  /** Pages for browsers beside the API: its description, and the built dashboard where its folder exists. */
  readonly pages?: { readonly dashboardDir: string };
}
