import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ErrorAnswer } from './http/errors.dto.js';

const DESCRIPTION = `Registry, devices and income of on-street parking.
Lists answer {rows,total} and take limit (100, at most 1,000) and offset; format=csv or xlsx gives the whole list as a
file. What goes wrong is told as {error:{code,message,field?,remedy?}}. All numbers are integers, money is whole rupiah,
days are business days of Asia/Jakarta.`;

/** The description of the API, from its controllers. Whole only in a build: nest-cli's plugin fills the classes in. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('eparking admin API')
    .setDescription(DESCRIPTION.replaceAll('\n', ' '))
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    extraModels: [ErrorAnswer],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const errors = { description: 'What went wrong.', content: { 'application/json': { schema: ERROR } } };
  for (const operations of Object.values(document.paths))
    for (const operation of Object.values(operations as Record<string, { responses?: Record<string, unknown> }>))
      if (operation.responses) operation.responses['default'] = errors;
  return integersOnly(document);
}

const ERROR = { $ref: '#/components/schemas/ErrorAnswer' };

/** TypeScript knows only numbers; this API knows only integers. */
function integersOnly<T>(node: T): T {
  if (Array.isArray(node)) return node.map(integersOnly) as T;
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    key === 'type' && value === 'number' ? 'integer' : integersOnly(value as unknown),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Publishes it at /api/v1/openapi.json, and with `browsable` as pages of this server's own at /api/docs. */
export function publishOpenApi(app: INestApplication, browsable: boolean): void {
  SwaggerModule.setup('api/docs', app, () => openApiOf(app), {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    ui: browsable,
    customSiteTitle: 'eparking admin API',
  });
}
