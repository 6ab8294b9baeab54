import { context, ROOT_CONTEXT, SpanKind, trace, type Span } from '@opentelemetry/api';
import { endWith } from '@app/persistence';
import type { IngestPort } from '../ingest-port.js';
import type { BatchWriter } from './ingest-lanes.js';

const tracer = trace.getTracer('eparking-gateway');

/**
 * Ingest with traces: a span for each message, from its arrival until it may be acknowledged, and one for the commit of a
 * batch, in the trace of its first message and linked to the others. What the commit writes for the worker carries it.
 * @param lanesOver makes ingest over a writer of batches
 */
export function tracedIngest(lanesOver: (writer: BatchWriter) => IngestPort, writer: BatchWriter): IngestPort {
  const spans = new WeakMap<object, Span>();
  const lanes = lanesOver({
    write: (messages) => {
      const [first, ...others] = messages.flatMap((message) => spans.get(message) ?? []);
      if (!first) return writer.write(messages);
      const links = others.map((span) => ({ context: span.spanContext() }));
      const attributes = { 'messaging.batch.message_count': messages.length };
      const span = tracer.startSpan('commit of journal', { attributes, links }, trace.setSpan(ROOT_CONTEXT, first));
      return context.with(trace.setSpan(ROOT_CONTEXT, span), () => endWith(span, () => writer.write(messages)));
    },
  });
  return {
    submit: (message) => {
      const span = tracer.startSpan('PUBLISH', {
        kind: SpanKind.CONSUMER,
        root: true,
        startTime: message.receivedAt,
        attributes: {
          'messaging.system': 'mqtt',
          'messaging.destination.name': message.topic,
          'messaging.message.body.size': message.payload.length,
        },
      });
      if (span.isRecording()) spans.set(message, span);
      return endWith(span, () => lanes.submit(message));
    },
    drain: () => lanes.drain(),
  };
}
