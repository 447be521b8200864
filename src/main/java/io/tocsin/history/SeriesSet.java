package io.tocsin.history;

/**
 * Series by a 64-bit hash each, without an object for any: 16 to 32 bytes a series, where a set of
 * boxed numbers takes above 50. Open addressing with linear probing, half full at most. Not
 * thread-safe.
 */
final class SeriesSet {

  private static final int SMALLEST = 1 << 8;

  /** Zero is a free place, so that a hash of zero is kept as one. */
  private long[] places = new long[SMALLEST];

  private int size;

  int size() {
    return size;
  }

  boolean contains(long hash) {
    return places[place(places, hash)] != 0;
  }

  /** False if it was there already. */
  boolean add(long hash) {
    int place = place(places, hash);
    if (places[place] != 0) {
      return false;
    }
    places[place] = key(hash);
    size++;
    if (size * 2 > places.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] more = new long[places.length * 2];
    for (long each : places) {
      if (each != 0) {
        more[place(more, each)] = each;
      }
    }
    places = more;
  }

  /** Where it is, or would be. */
  private static int place(long[] places, long hash) {
    long key = key(hash);
    int place = (int) key & places.length - 1;
    while (places[place] != 0 && places[place] != key) {
      place = place + 1 & places.length - 1;
    }
    return place;
  }

  private static long key(long hash) {
    return hash == 0 ? 1 : hash;
  }
}
