package io.tocsin.alerting.replay.trace;

import java.time.Instant;

/**
 * Something that is known to have been wrong.
 *
 * @param resource with what
 * @param from onset
 * @param to nominal end, inclusive
 * @param kind of what kind, in the words of the trace
 */
public record Label(String resource, Instant from, Instant to, String kind) {}
