import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';

/**
 * How a trace crosses the database: work that is written down for others (outbox, book_work) carries the W3C
 * `traceparent` of what wrote it, and who takes it up goes on under it. Without tracing all of this does nothing.
 */

/** Traces that one piece of work goes on with, at most: what gathers in a pause is one piece of work. */
export const TRACES_MAX = 32;

const tracer = trace.getTracer('eparking');

/** The `traceparent` of what is being done now; null when nobody follows it. */
export function activeTrace(): string | null {
  if (!trace.getActiveSpan()?.isRecording()) return null;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** Does the work as a span of the first of these traces, with links to the others; of none: just does it. */
export function continueTraces<T>(
  name: string,
  traces: readonly string[],
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  const parents = traces
    .slice(0, TRACES_MAX)
    .flatMap((traceparent) => trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent })) ?? []);
  const [first, ...others] = parents;
  if (!first) return work();
  const links = others.map((other) => ({ context: other }));
  const parent = trace.setSpanContext(ROOT_CONTEXT, first);
  const span = tracer.startSpan(name, { kind: SpanKind.CONSUMER, attributes, links }, parent);
  return context.with(trace.setSpan(ROOT_CONTEXT, span), () => endWith(span, work));
}

/** Ends the span with the work, and says on it when that failed. */
export async function endWith<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.recordException(error as Error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
