import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const HEADER = '/** Made from docs/api/openapi.json by `npm run docs`. Do not change it by hand. */\n';

/**
 * The description of the admin API and the types of its client. Both come from the built controllers.
 * @param {string} repository the checkout @returns {Promise<Record<string, string>>} texts by path
 */
export async function apiDocuments(repository) {
  const { openApiJson } = await import(join(repository, 'dist/apps/admin-api/src/openapi-document.js'));
  const json = await openApiJson();
  return {
    'docs/api/openapi.json': json,
    'libs/api-client/src/schema.ts': HEADER + astToString(await openapiTS(json)),
  };
}
