package io.tocsin.collectors.container;

import io.tocsin.collectors.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All containers that a manager knew at one moment.
 *
 * @param askedAt when the question was put, in nanoseconds of the collector's own clock
 * @param containers by id
 * @param pods uids of the pods it knew; empty for a manager that knows none
 * @param problems entries that made no sense
 */
record Roster(
    long askedAt, Map<String, Described> containers, Set<String> pods, List<Problem> problems) {}
