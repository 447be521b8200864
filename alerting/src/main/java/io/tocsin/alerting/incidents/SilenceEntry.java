package io.tocsin.alerting.incidents;

import io.tocsin.schemas.Silence;
import java.time.Instant;

/**
 * A silence, and how far its beginnings and ends have been seen to.
 *
 * @param silence as it was asked for
 * @param seenTo wall-clock time up to which they have
 */
public record SilenceEntry(Silence silence, Instant seenTo) {}
