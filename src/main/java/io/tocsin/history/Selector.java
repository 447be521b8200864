package io.tocsin.history;

/**
 * Whose history is asked for.
 *
 * @param by what the value names
 * @param value id of a resource, name of a service, or a kind such as {@code VM}; it goes to the
 *     store as a value only, never as part of a query's text
 * @param together whether the resources' rows become one series, named {@link HistoryRow#TOGETHER};
 *     a mean is then that of all their windows
 */
public record Selector(By by, String value, boolean together) {

  /** What a selector names. */
  public enum By {
    /** One resource, or one roll-up such as {@code rollup/fleet}. */
    RESOURCE,
    /** The resources of a service, its roll-up left out. */
    SERVICE,
    /** The resources of a kind, roll-ups left out. */
    KIND,
    /** All resources, roll-ups left out. */
    ALL,
    /** All roll-ups. */
    ROLLUPS;

    /** Whether it names something. */
    boolean hasValue() {
      return this != ALL && this != ROLLUPS;
    }
  }

  /** One resource or roll-up. */
  public static Selector resource(String id) {
    return new Selector(By.RESOURCE, id, false);
  }

  /** Each resource of a service. */
  public static Selector service(String name) {
    return new Selector(By.SERVICE, name, false);
  }

  /** Each resource of a kind. */
  public static Selector kind(String kind) {
    return new Selector(By.KIND, kind, false);
  }

  /** Each resource there is. */
  public static Selector all() {
    return new Selector(By.ALL, "", false);
  }

  /** Each roll-up there is. */
  public static Selector rollups() {
    return new Selector(By.ROLLUPS, "", false);
  }

  /** The same resources as one series. */
  public Selector asOne() {
    return new Selector(by, value, true);
  }
}
