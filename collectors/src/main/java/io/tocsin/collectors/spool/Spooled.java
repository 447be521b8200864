package io.tocsin.collectors.spool;

/**
 * Something read back from the spool.
 *
 * @param number its place in the spool, rising by 1 from record to record over all restarts
 * @param queuedAtMillis wall clock time at which the agent took it in, in milliseconds
 * @param outgoing what is to be sent
 */
public record Spooled(long number, long queuedAtMillis, Outgoing outgoing) {}
