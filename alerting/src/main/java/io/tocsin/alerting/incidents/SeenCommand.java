package io.tocsin.alerting.incidents;

import java.time.Instant;

/**
 * A command that must not be carried out again.
 *
 * @param id of the command
 * @param at wall-clock time at which it was
 */
public record SeenCommand(String id, Instant at) {}
