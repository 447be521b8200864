package io.tocsin.streams.topology;

/**
 * Records that a topology left out, or clamped.
 *
 * @param reason as in {@link io.tocsin.schemas.RefusedCount}: one word in lower case
 * @param agent who sent them; empty where they do not say
 * @param resourceId the last one's resource; empty where it does not say
 * @param count how many
 */
record Refused(String reason, String agent, String resourceId, long count) {}
