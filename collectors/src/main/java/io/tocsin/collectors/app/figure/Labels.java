package io.tocsin.collectors.app.figure;

import java.util.Map;

/** The labels of the line that is being read; used again for the next. Not thread-safe. */
public final class Labels {

  /** More than any sane series has. */
  public static final int MOST = 64;

  private final String[] names = new String[MOST];
  private final String[] values = new String[MOST];
  private int size;

  /** Forgets them all. */
  public void clear() {
    size = 0;
  }

  /**
   * One more.
   *
   * @throws Malformed if its name is empty or has been there before, or if there are too many
   */
  public void add(String name, String value) throws Malformed {
    if (name.isEmpty()) {
      throw new Malformed("a label has no name");
    }
    if (size == MOST) {
      throw new Malformed("there are more than " + MOST + " labels");
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        throw new Malformed("a label is there twice");
      }
    }
    names[size] = name;
    values[size++] = value;
  }

  /** Takes one out and returns its value; null if there is none of that name. */
  public String remove(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        String value = values[i];
        size--;
        names[i] = names[size];
        values[i] = values[size];
        return value;
      }
    }
    return null;
  }

  /** Those that are not empty: an empty label is the same as none, in Prometheus and here. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Map<String, String> toMap() {
    int filled = 0;
    for (int i = 0; i < size; i++) {
      filled += values[i].isEmpty() ? 0 : 1;
    }
    if (filled == 0) {
      return Map.of();
    }
    Map.Entry[] entries = new Map.Entry[filled];
    for (int i = 0, to = 0; i < size; i++) {
      if (!values[i].isEmpty()) {
        entries[to++] = Map.entry(names[i], values[i]);
      }
    }
    return Map.ofEntries(entries);
  }
}
