package io.tocsin.streams.rollup;

/**
 * What identifies a roll-up's window.
 *
 * @param group id of the group
 * @param sizeMs length
 * @param startsAt event time at which it begins, in ms
 */
public record WindowKey(String group, long sizeMs, long startsAt) {

  /** The window of a length in which a time lies. */
  public static WindowKey at(String group, long sizeMs, long time) {
    return new WindowKey(group, sizeMs, Math.floorDiv(time, sizeMs) * sizeMs);
  }

  /** Exclusive; event time, ms. */
  public long endsAt() {
    return startsAt + sizeMs;
  }

  /** As text, for the store; a group's windows stand together. */
  public String text() {
    return group + ' ' + sizeMs + ' ' + startsAt;
  }

  /** From {@link #text}. The name of a group may have spaces, the numbers have none. */
  public static WindowKey parse(String text) {
    int start = text.lastIndexOf(' ');
    int size = text.lastIndexOf(' ', start - 1);
    return new WindowKey(
        text.substring(0, size),
        Long.parseLong(text.substring(size + 1, start)),
        Long.parseLong(text.substring(start + 1)));
  }
}
