package io.tocsin.alerting.healing.guard;

import java.time.Instant;

/**
 * A person's word on one plan.
 *
 * @param agrees or not
 * @param by who
 * @param text what they said
 * @param at when
 */
public record Approval(boolean agrees, String by, String text, Instant at) {}
