package io.tocsin.server;

/** The body of a request that may say who asks. */
interface Signed {

  /** Who, in the request's own words; null if it does not say. */
  String by();

  /** The same, by whom the server says. */
  Object withBy(String name);
}
