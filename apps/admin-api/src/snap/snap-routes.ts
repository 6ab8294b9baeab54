import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { snapFaultAnswer, snapService, type SnapAnswer } from '@app/settlement';
import type { Services } from '../services.js';
import { SnapNotifyDesk } from './snap-notify.js';

export const SNAP_NOTIFY_PATH = '/v1.0/qr/qr-mpm-notify';
/** A notice has about 1 KiB. */
const NOTICE_BYTES_MAX = 65_536;

interface ReadBody {
  bytes: Uint8Array;
  truncated: boolean;
}

/**
 * The one door for acquirers. It stands beside Nest's routes, because signatures are over the raw bytes, whatever their
 * content type says, and because every answer, to a malformed or huge body too, must have SNAP's form.
 */
export async function snapRoutes(fastify: FastifyInstance, services: Services): Promise<void> {
  const desk = new SnapNotifyDesk(services);
  await fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => {
      readBounded(payload).then((body) => done(null, body), done);
    });
    scope.setErrorHandler(async (error, request, reply) => {
      services.log.error({ err: error, requestId: request.id, route: SNAP_NOTIFY_PATH }, 'a notice could not be taken');
      await send(reply, snapFaultAnswer(snapService.notify, { code: 'our-fault', field: '' }));
    });
    scope.post(SNAP_NOTIFY_PATH, async (request, reply) => {
      const { bytes, truncated } = (request.body as ReadBody | undefined) ?? {
        bytes: new Uint8Array(),
        truncated: false,
      };
      const header = (name: string): string | undefined => firstOf(request, name);
      const answer = await desk.take({ method: 'POST', path: request.url.split('?')[0]!, header, bytes, truncated });
      // What is left of a body that is too long is not read: the connection ends with the answer.
      if (truncated) void reply.header('connection', 'close');
      await send(reply, answer);
    });
  });
}

async function send(reply: FastifyReply, { httpStatus, responseCode, responseMessage }: SnapAnswer): Promise<void> {
  await reply.status(httpStatus).type('application/json').send({ responseCode, responseMessage });
}

function firstOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readBounded(payload: AsyncIterable<Uint8Array>): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of payload) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > NOTICE_BYTES_MAX) return { bytes: Buffer.concat(chunks).subarray(0, NOTICE_BYTES_MAX), truncated: true };
  }
  return { bytes: Buffer.concat(chunks), truncated: false };
}
