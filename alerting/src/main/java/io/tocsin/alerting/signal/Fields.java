package io.tocsin.alerting.signal;

/**
 * The typed figures of one observation, by the names that conditions use.
 *
 * <p>A figure is a {@code Double}, {@code Long}, {@code Boolean}, {@code String} or a {@code
 * Map<String, String>}. One that the observation does not have is null; what a condition says of it
 * is then unknown.
 */
@FunctionalInterface
public interface Fields {

  /** No figures. */
  Fields NONE = name -> null;

  /** The figure of that name; null if it is not known. */
  Object get(String name);

  /** The figure of that name as a number; NaN if it is not known or is none. */
  default double number(String name) {
    return get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
