package io.tocsin.alerting.healing.execute;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What came of an action.
 *
 * @param succeeded whether it ran to its end and said so
 * @param exitCode what the process answered; empty where none ran to its end
 * @param reason in words, one plain line
 * @param took from start to end
 */
public record ActionOutcome(
    boolean succeeded, OptionalInt exitCode, String reason, Duration took) {}
