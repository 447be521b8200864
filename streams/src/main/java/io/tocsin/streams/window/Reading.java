package io.tocsin.streams.window;

import io.tocsin.schemas.MemorySample;
import io.tocsin.schemas.Sample;

/**
 * What of a sample is needed to make rates with the next one, small enough to be kept in state.
 *
 * <p>Counters stand in one array, {@link #ABSENT} where the sample does not say: {@link #FIXED}
 * common ones, then {@link #PER_DISK} for each disk, then {@link #PER_LINK} for each link.
 *
 * @param at event time in ms: when it was measured, clamped if the agent's clock is far ahead
 * @param measuredAt what the agent's clock said, in ms; the length of intervals is made of it
 * @param sequence position in what the agent sent since it started
 * @param memoryPercent memory not available; NaN if not known
 * @param filesystemPercent use of the fullest file system; NaN if not known
 * @param shape what seldom changes
 * @param counters see above
 */
record Reading(
    long at,
    long measuredAt,
    long sequence,
    double memoryPercent,
    double filesystemPercent,
    Shape shape,
    long[] counters) {

  static final long ABSENT = -1;

  static final int CPU_BUSY = 0;
  static final int CPU_IDLE = 1;
  static final int CPU_STEAL = 2;
  static final int CPU_STALLED = 3;
  static final int MEMORY_STALLED = 4;
  static final int IO_STALLED = 5;
  static final int SEGMENTS = 6;
  static final int RETRANSMITTED = 7;
  static final int VCPU_DELAY = 8;
  static final int THROTTLED = 9;
  static final int QUOTA_PERIODS = 10;
  static final int THROTTLED_PERIODS = 11;
  static final int SWAPPED = 12;
  static final int MAJOR_FAULTS = 13;
  static final int OOM_KILLS = 14;
  static final int MEMORY_FULL = 15;
  static final int IO_FULL = 16;

  /** No counter: tasks runnable at this moment. */
  static final int RUNNABLE = 17;

  static final int FIXED = 18;

  static final int READS = 0;
  static final int WRITES = 1;
  static final int READ_BYTES = 2;
  static final int WRITTEN_BYTES = 3;
  static final int BUSY = 4;
  static final int WEIGHTED = 5;
  static final int PER_DISK = 6;

  static final int RX_BYTES = 0;
  static final int TX_BYTES = 1;
  static final int RX_PACKETS = 2;
  static final int TX_PACKETS = 3;
  static final int LOST = 4;

  /** No counter: bytes per second. */
  static final int SPEED = 5;

  static final int PER_LINK = 6;

  /** The reading of a sample whose event time is {@code at}. */
  static Reading of(Sample sample, long at) {
    return of(sample, at, null);
  }

  /** The same, sharing the shape of the reading before it where nothing differs. */
  static Reading of(Sample sample, long at, Shape before) {
    MemorySample memory = sample.getMemory();
    Fullest fullest = Fullest.of(sample);
    Shape shape = Shape.of(sample, fullest.mountPoint(), before);
    return new Reading(
        at,
        sample.getAt().toEpochMilli(),
        sample.getOrigin().getSequence(),
        memory == null || memory.getAvailableBytes() == null || memory.getTotalBytes() <= 0
            ? Double.NaN
            : Interval.percent(
                (double) memory.getTotalBytes() - memory.getAvailableBytes(),
                memory.getTotalBytes()),
        fullest.percent(),
        shape,
        Counters.of(sample, shape));
  }

  /** What the resource had then. */
  Capacity capacity() {
    return new Capacity(shape.cores(), shape.memoryBytes(), filesystemPercent, shape.filesystem());
  }

  boolean isRepeatOf(Reading other) {
    return sequence == other.sequence && shape.hasOriginOf(other.shape);
  }

  boolean isSentBefore(Reading other) {
    return sequence < other.sequence && shape.hasOriginOf(other.shape);
  }

  boolean isAfter(Reading other) {
    return at > other.at || at == other.at && sequence > other.sequence;
  }
}
