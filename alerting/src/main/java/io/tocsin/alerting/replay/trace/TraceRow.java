package io.tocsin.alerting.replay.trace;

import java.time.Instant;
import java.util.Map;

/**
 * What a trace says of one resource at one time.
 *
 * @param at when
 * @param resource name of the resource
 * @param service the service it belongs to; null if unknown
 * @param kind kind of the resource, as the mapping names it
 * @param fields its numbers by name, in the units of the trace; those missing are left out
 */
public record TraceRow(
    Instant at, String resource, String service, String kind, Map<String, Double> fields) {}
