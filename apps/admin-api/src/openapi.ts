import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The description of the API, from its controllers. Whole only in a build: nest-cli's plugin fills the classes in. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('eparking admin API')
    .setDescription(
      'Registry, devices and income of on-street parking. Lists answer {rows,total}; errors {error:{code,message,field?,remedy?}}; money is whole rupiah; business days are Asia/Jakarta.',
    )
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  return SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** Publishes it at /api/v1/openapi.json, and with `browsable` as pages of this server's own at /api/docs. */
export function publishOpenApi(app: INestApplication, browsable: boolean): void {
  SwaggerModule.setup('api/docs', app, () => openApiOf(app), {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    ui: browsable,
    customSiteTitle: 'eparking admin API',
    swaggerOptions: { persistAuthorization: false },
  });
}
