package io.tocsin.alerting.replay.trace;

/**
 * How a wide table is read that has one column for each resource.
 *
 * @param columns regular expression; the columns whose whole header matches are read
 * @param resource the resource's name, with {@code $1}, {@code $2} for the groups of the pattern
 * @param field name of the field that the column's values become
 */
public record Melt(String columns, String resource, String field) {}
