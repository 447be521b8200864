package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Command;

/**
 * A command that was not carried out.
 *
 * @param command as it came
 * @param reason what is wrong with it and what to do, in words
 */
public record Refusal(Command command, String reason) {}
