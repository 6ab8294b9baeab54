import type { Config } from '@app/platform';
import type { ApiSettings } from './services.js';

/** What the API takes from the configuration. */
export function settingsOf(config: Config, pages?: ApiSettings['pages']): ApiSettings {
  return {
    session: {
      idleMsMax: config.sessionIdleMsMax,
      ageMsMax: config.sessionAgeMsMax,
      accessMsMax: config.accessTokenMsMax,
    },
    totpRoles: config.totpRoles,
    requestsPerMinuteMax: config.requestsPerMinuteMax,
    ...(config.httpsCertFile &&
      config.httpsKeyFile && { https: { certFile: config.httpsCertFile, keyFile: config.httpsKeyFile } }),
    presence: config,
    flagLimits: config,
    trustedProxies: config.trustedProxies,
    authority: config.authority,
    ...(config.mapTiles && { map: { tiles: config.mapTiles, credit: config.mapCredit ?? '' } }),
    ...(pages && { pages }),
  };
}
