package io.tocsin.alerting.evaluate;

import java.time.Instant;
import java.util.List;

/**
 * What the callers of a resource and the resource itself measure in one window.
 *
 * @param callee id of the called resource
 * @param at event time at which the window begins
 * @param atCallee what the called end measures
 * @param callers ids of the callers, in alphabetical order
 * @param atCallers what they measure, in the same order
 */
public record EdgeTick(
    String callee, Instant at, double atCallee, List<String> callers, List<Double> atCallers) {}
