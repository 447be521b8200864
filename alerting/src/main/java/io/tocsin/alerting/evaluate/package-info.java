/**
 * Rules at work: from observations, and from silence, to alerts. Pure.
 *
 * <p>{@code Evaluator} judges one resource, {@code Relations} one rule that looks at several
 * resources, {@code ShadowComparison} one pair of rules. Each keeps what it remembers in a small
 * store and is told the time, so that a job and a replay drive the same code.
 */
package io.tocsin.alerting.evaluate;
