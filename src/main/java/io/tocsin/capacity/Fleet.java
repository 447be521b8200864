package io.tocsin.capacity;

import java.util.List;
import java.util.Map;

/**
 * All resources that a question is about.
 *
 * @param origin where they were read from, for people
 * @param resources in order of id
 * @param rejected what could not be used, counted by reason
 */
public record Fleet(String origin, List<ResourceSeries> resources, Map<String, Long> rejected) {}
