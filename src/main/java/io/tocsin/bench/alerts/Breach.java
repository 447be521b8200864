package io.tocsin.bench.alerts;

/**
 * Something that breaks, and is repaired.
 *
 * @param way how it is noticed
 * @param resourceId what breaks
 * @param fromMs when, in milliseconds from the beginning
 * @param toMs when it is well again
 */
record Breach(Way way, String resourceId, long fromMs, long toMs) {}
