package io.tocsin.collectors.spool;

import io.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk, in the order in which they were added, until they are acknowledged.
 *
 * <p>Adding gathers frames in memory, {@link #commit} hands them to the system, which a killed
 * process survives, and {@link #sync} to the disk, which a power cut survives. The owner decides
 * how often: one sync for many commits. Beyond its cap the spool gives up its oldest segment.
 * Acknowledged segments are deleted; the acknowledged position may be older than the oldest segment
 * after a crash, which means the same. So records are delivered at least once.
 *
 * <p>One thread adds, commits, syncs and acknowledges; one other thread reads; {@link #release} and
 * the figures are for any.
 */
public final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  /** A cap and a size of segments, in bytes. */
  record Limits(long maxBytes, long segmentBytes) {}

  private final Path directory;
  private final Limits limits;
  private final Disk disk;
  private final Losses losses;
  private final DirectoryLock lock;
  private final PositionFile position;
  private final ConcurrentSkipListMap<Long, Segment> segments;
  private final Bounds bounds;
  private final SpoolReader reader;
  private final TopicCodec codec;
  private final List<SegmentHeader.WrittenTopic> topics;
  private final GrowingBuffer pending = new GrowingBuffer();

  private Disk.Handle active;
  private Segment activeSegment;
  private boolean unsynced;
  private volatile long bytes;
  private volatile long next;
  private volatile long acknowledged;
  private long added;

  private Spool(
      Path directory,
      Limits limits,
      Disk disk,
      List<Topic<?>> topics,
      Losses losses,
      DirectoryLock lock)
      throws IOException {
    this.directory = directory;
    this.limits = limits;
    this.disk = disk;
    this.losses = losses;
    this.lock = lock;
    this.position = new PositionFile(directory.resolve("position"));
    try {
      Recovery found = Recovery.of(directory, position.saved());
      this.segments = new ConcurrentSkipListMap<>(found.segments());
      this.next = found.next();
      this.added = next;
      long oldest = segments.isEmpty() ? next : segments.firstKey();
      this.acknowledged = Math.max(position.saved(), oldest);
      this.bounds = new Bounds(oldest, acknowledged, next);
      this.codec = new TopicCodec(topics);
      this.topics = codec.written();
      this.reader = new SpoolReader(segments, bounds, new TopicCodec(topics), losses);
      segments.values().forEach(segment -> bytes += segment.extent().bytes());
      deleteAcknowledged();
      if (found.lost() > 0) {
        losses.lost(Losses.CORRUPT, found.lost());
      }
    } catch (IOException | RuntimeException failed) {
      position.close();
      throw failed;
    }
  }

  /**
   * Opens a spool and recovers what an earlier run left in it.
   *
   * @param topics what will be written to it
   * @throws SpoolException if another agent has it, or the directory cannot be used
   */
  public static Spool open(SpoolConfig config, List<Topic<?>> topics, Losses losses) {
    Limits limits = new Limits(config.maxBytes(), config.segmentBytes());
    return open(config.directory(), limits, Disk.real(), topics, losses);
  }

  static Spool open(
      Path directory, Limits limits, Disk disk, List<Topic<?>> topics, Losses losses) {
    DirectoryLock lock = null;
    try {
      lock = DirectoryLock.of(directory);
      return new Spool(directory, limits, disk, topics, losses, lock);
    } catch (IOException unusable) {
      release(lock);
      throw new SpoolException(
          "the spool %s cannot be used: %s; name a directory that this user may write"
              .formatted(directory, unusable),
          unusable);
    } catch (RuntimeException refused) {
      release(lock);
      throw refused;
    }
  }

  private static void release(DirectoryLock lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException alreadyFailing) {
      LOG.debug("the lock could not be released", alreadyFailing);
    }
  }

  /**
   * Adds something; it is nowhere but in memory before {@link #commit}.
   *
   * @param atMillis when the agent took it in
   * @return its number, once it is committed
   * @throws IllegalArgumentException if it can never be written: too large, or not complete
   */
  public long add(Outgoing outgoing, long atMillis) {
    int start = pending.size();
    try {
      pending.skip(Frame.SMALLEST);
      codec.encode(outgoing, pending);
      int length = pending.size() - start - Frame.PREFIX;
      if (!Frame.plausible(length)) {
        throw new IllegalArgumentException("a record of " + length + " bytes is too large");
      }
      boolean removal = outgoing instanceof Outgoing.Removal;
      Frame.seal(pending, start, added, atMillis, codec.indexOf(outgoing.topic()), removal);
      return added++;
    } catch (IOException | RuntimeException never) {
      pending.cut(start);
      throw new IllegalArgumentException("cannot be written: " + never, never);
    }
  }

  /**
   * Hands what was added to the system.
   *
   * @throws IOException if the disk does not take it; then all that was added since the last commit
   *     is forgotten and its numbers are given to what is added next
   */
  public void commit() throws IOException {
    if (pending.size() == 0) {
      return;
    }
    try {
      int size = pending.size();
      if (active != null && full(activeSegment.extent(), size)) {
        rotate();
      }
      if (active == null) {
        begin();
      }
      makeRoom(size);
      Segment.Extent extent = activeSegment.extent();
      try {
        active.write(pending.view());
      } catch (IOException refused) {
        undo(extent.bytes());
        throw refused;
      }
      unsynced = true;
      bytes += size;
      activeSegment.publish(extent.bytes() + size, added);
      next = added;
    } finally {
      added = next;
      pending.cut(0);
    }
  }

  /** A record that is larger than a segment gets one of its own. */
  private boolean full(Segment.Extent extent, int more) {
    return extent.bytes() + more > limits.segmentBytes() && extent.end() > activeSegment.first();
  }

  private void begin() throws IOException {
    Path path = Segment.path(directory, next);
    var header = SegmentHeader.bytes(next, topics);
    int size = header.remaining();
    makeRoom(size);
    // What a failed attempt left behind has no record in it.
    Files.deleteIfExists(path);
    Disk.Handle created = disk.create(path);
    try {
      created.write(header);
    } catch (IOException refused) {
      closeQuietly(created);
      Files.deleteIfExists(path);
      throw refused;
    }
    active = created;
    activeSegment = new Segment(path, next, size, next);
    segments.put(next, activeSegment);
    bytes += size;
  }

  /** A frame that was cut short must not stand before a good one. */
  private void undo(long size) {
    try {
      active.truncate(size);
    } catch (IOException stuck) {
      LOG.debug("a torn tail stays in {}", activeSegment.path(), stuck);
      abandon();
    }
  }

  private void abandon() {
    closeQuietly(active);
    active = null;
    unsynced = false;
    if (activeSegment.extent().end() == activeSegment.first()) {
      remove(activeSegment);
    }
  }

  private void rotate() throws IOException {
    sync();
    closeQuietly(active);
    active = null;
  }

  /** Gives up oldest segments until so many bytes fit. */
  private void makeRoom(long more) {
    while (bytes + more > limits.maxBytes() && segments.size() > 1) {
      Segment oldest = segments.firstEntry().getValue();
      remove(oldest);
      long lost = bounds.drop(segments.firstKey());
      if (lost > 0) {
        losses.lost(Losses.FULL, lost);
      }
    }
  }

  private void remove(Segment segment) {
    segments.remove(segment.first());
    bytes -= segment.extent().bytes();
    try {
      Files.deleteIfExists(segment.path());
    } catch (IOException stays) {
      // Found again at the next start, behind the acknowledged position.
      LOG.warn("{} cannot be deleted: {}", segment.path(), stays.toString());
    }
  }

  /**
   * Returns when all that was committed would survive a power cut.
   *
   * @throws IOException if the disk does not say so
   */
  public void sync() throws IOException {
    if (!unsynced) {
      return;
    }
    try {
      active.force();
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
      unsynced = false;
    } catch (IOException refused) {
      // The system may call the lost pages written from now on: nothing more goes into this file.
      abandon();
      throw refused;
    }
  }

  /**
   * All records before {@code number} need not be kept. Deletes the segments that are behind it.
   *
   * @throws IOException if the position cannot be saved; it will be with a later one
   */
  public void acknowledge(long number) throws IOException {
    if (number <= acknowledged) {
      return;
    }
    acknowledged = number;
    try {
      position.save(number);
    } finally {
      deleteAcknowledged();
    }
  }

  private void deleteAcknowledged() {
    while (!segments.isEmpty()) {
      Segment oldest = segments.firstEntry().getValue();
      if (oldest == activeSegment && active != null || oldest.extent().end() > acknowledged) {
        return;
      }
      remove(oldest);
      bounds.drop(segments.isEmpty() ? next : segments.firstKey());
    }
  }

  /** Reads what is not acknowledged and not in the owner's memory. There is one reader. */
  public SpoolReader reader() {
    return reader;
  }

  /**
   * The owner no longer has a committed record in memory: the reader will come to it.
   *
   * @return false if it is not on the disk either, because the spool was full
   */
  public boolean release(long number) {
    return bounds.release(number);
  }

  /** Number of the next record that the reader will come to. */
  public long cursor() {
    return bounds.cursor();
  }

  /** How many records the reader has before it. */
  public long unread() {
    return bounds.left();
  }

  /** Number that the next record will have. */
  public long next() {
    return next;
  }

  /** Bytes on the disk. */
  public long bytes() {
    return bytes;
  }

  /** Whether a sync would make anything safe that is not acknowledged. */
  public boolean needsSync() {
    return unsynced && acknowledged < next;
  }

  /** Committed records that are not acknowledged. */
  public long records() {
    return Math.max(0, next - acknowledged);
  }

  private static void closeQuietly(Disk.Handle handle) {
    try {
      handle.close();
    } catch (IOException useless) {
      LOG.debug("a segment could not be closed", useless);
    }
  }

  /** Syncs, saves the position and lets go of the directory. */
  @Override
  public void close() throws IOException {
    try {
      if (active != null) {
        sync();
        closeQuietly(active);
        active = null;
        deleteAcknowledged();
      }
      position.force();
    } finally {
      reader.close();
      position.close();
      lock.close();
    }
  }
}
