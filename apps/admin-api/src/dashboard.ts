import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Paths that are no page of the dashboard: what is unknown under them is answered by the API. */
const NO_PAGE = /^\/(api|health|metrics|v1\.0)(\/|$|\?)/;
const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built dashboard. Files whose names hold a hash may be kept for ever; the page itself is asked for anew each
 * time, and stands for every address that is no file, since the dashboard reads its addresses itself.
 */
export async function serveDashboard(app: NestFastifyApplication, root: string): Promise<void> {
  const { default: fastifyStatic } = await import('@fastify/static');
  await app.register(fastifyStatic as never, {
    root,
    prefix: '/',
    wildcard: false,
    // The build has laid a .gz beside each script.
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply: { header(name: string, value: string): void }, path: string) => {
      const isHashed = path.includes('/assets/');
      reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.get('/*', (request, reply) =>
    NO_PAGE.test(request.url) ? reply.callNotFound() : reply.header('cache-control', 'no-cache').sendFile('index.html'),
  );
}
