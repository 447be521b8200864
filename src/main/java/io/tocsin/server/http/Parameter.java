package io.tocsin.server.http;

import java.util.List;

/**
 * One parameter of an endpoint.
 *
 * @param name as it stands in the path or the query
 * @param place where it stands
 * @param meaning what it is, in a few words, with its unit
 * @param allowed the words that it may be; empty if it is free
 */
public record Parameter(String name, Place place, String meaning, List<String> allowed) {

  /** Where a parameter stands. */
  public enum Place {
    PATH,
    QUERY
  }
}
