package io.tocsin.history;

/**
 * A resource that history knows, as its newest window describes it.
 *
 * @param resource its id
 * @param kind what it is
 * @param service service it belongs to; empty for none
 * @param part what tells this series from others of the resource; empty where there is but one
 */
public record HistorySeries(String resource, String kind, String service, String part) {}
