package io.tocsin.collectors.app.figure;

import java.nio.charset.StandardCharsets;

/**
 * Makes strings of bytes, and the same string again for the same bytes: names and labels repeat
 * from line to line and from pass to pass. Bytes that are no UTF-8 become U+FFFD. Holds a fixed
 * number of short texts; a new one pushes out what was in its place. Not thread-safe.
 */
public final class TextCache {

  private static final int PLACES = 4096;
  private static final int LONGEST = 64;

  private final String[] places = new String[PLACES];

  /** The text of some bytes. */
  public String text(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ hash >>> 15) & PLACES - 1;
    String kept = places[place];
    if (kept != null && kept.length() == length && same(kept, bytes, from)) {
      return kept;
    }
    String made = new String(bytes, from, length, StandardCharsets.UTF_8);
    places[place] = made;
    return made;
  }

  /** Only for ASCII: a byte of anything else is negative, and no character is. */
  private static boolean same(String kept, byte[] bytes, int from) {
    for (int i = 0; i < kept.length(); i++) {
      if (kept.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
