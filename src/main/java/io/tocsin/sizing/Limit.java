package io.tocsin.sizing;

/**
 * Something that gives way when a fleet grows.
 *
 * @param what the part
 * @param resources how many it bears at the demand's interval
 * @param remedy what to do before
 */
public record Limit(String what, long resources, String remedy) {}
