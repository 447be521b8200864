package io.tocsin.server.incident;

/** The body of a request that may say who asks. */
public interface Signed {

  /** Who, in the request's own words; null if it does not say. */
  String by();

  /** The same, by whom the server says. */
  Object withBy(String name);
}
