package io.tocsin.streams.window;

import java.util.List;

/**
 * What each device moved in an interval: {@link #PER_DISK} numbers for each disk, then {@link
 * #PER_LINK} for each link; {@link #UNKNOWN} for a device that was not there before, or whose
 * counters began anew.
 *
 * @param disks names of the disks
 * @param links names of the links
 * @param amounts see above
 */
record Movement(List<String> disks, List<String> links, long[] amounts) {

  static final long UNKNOWN = -1;

  /** No devices. */
  static final Movement NONE = new Movement(List.of(), List.of(), new long[0]);

  static final int READS = 0;
  static final int WRITES = 1;
  static final int READ_BYTES = 2;
  static final int WRITTEN_BYTES = 3;

  /** In µs; {@link #UNKNOWN} by itself where it is not kept. */
  static final int BUSY = 4;

  static final int PER_DISK = 5;

  static final int RX_BYTES = 0;
  static final int TX_BYTES = 1;
  static final int RX_PACKETS = 2;
  static final int TX_PACKETS = 3;
  static final int LOST = 4;

  /** Bytes per second; {@link #UNKNOWN} by itself where the link does not say. */
  static final int SPEED = 5;

  static final int PER_LINK = 6;

  static int size(Shape shape) {
    return PER_DISK * shape.disks().size() + PER_LINK * shape.links().size();
  }

  /** Where the numbers of a link begin. */
  int link(int index) {
    return PER_DISK * disks.size() + PER_LINK * index;
  }
}
