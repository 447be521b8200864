package io.tocsin.embedded;

/**
 * One reason not to start.
 *
 * @param exitCode what kind it is
 * @param line what is wrong, where, and what to do, in one line
 */
public record Problem(ExitCode exitCode, String line) {}
