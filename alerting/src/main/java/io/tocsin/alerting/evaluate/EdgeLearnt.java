package io.tocsin.alerting.evaluate;

import io.tocsin.alerting.detect.EdgeDifference;

/**
 * What a rule has learnt of the calls to a resource. The newest window is kept beside the past, as
 * more of its callers may come.
 *
 * @param derivation what it was learnt for, in words; for another it is worth nothing
 * @param past without the newest window
 * @param newest the newest window; null before the first
 */
public record EdgeLearnt(String derivation, EdgeDifference.State past, EdgeTick newest) {}
