package io.tocsin.alerting.replay.trace;

import java.util.List;
import java.util.Map;

/**
 * A trace as read.
 *
 * @param rows in order of time; those of the same time in order of resource, then as read
 * @param rejects what was not used, counted by reason; rows that are merely out of order or
 *     repeated are used and counted here as well
 * @param examples for each reason, where it was first met: file and line
 */
public record Trace(List<TraceRow> rows, Map<String, Long> rejects, Map<String, String> examples) {}
