import type { FastifyInstance } from 'fastify';

/**
 * What a browser may do with what comes from here. Scripts come from this server alone, none stands in a page; styles
 * may be set by script (component library, map); the map draws in workers made from blobs. Only where the configuration
 * names map tiles from elsewhere may they be fetched, from that origin alone.
 */
export const helmetOptions = (mapTiles?: string) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'", ...(mapTiles ? [new URL(mapTiles).origin] : [])],
      workerSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
  },
});

/** Of the machine's senses the dashboard uses the place alone. */
export function restrictFeatures(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (_request, reply) => {
    void reply.header('permissions-policy', 'camera=(), microphone=(), payment=(), usb=(), geolocation=(self)');
  });
}
