package io.tocsin.alerting.replay.trace;

import java.time.Instant;

/**
 * That something was called wrong.
 *
 * @param at when it was said
 * @param resource of what
 * @param kind what is said to be wrong; compared with the labels' kinds in the confusion matrix
 */
public record Alarm(Instant at, String resource, String kind) {}
