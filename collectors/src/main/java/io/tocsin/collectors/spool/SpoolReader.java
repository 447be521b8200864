package io.tocsin.collectors.spool;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.NavigableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is to be sent from the disk, in order. Whatever is wrong there is counted and passed
 * by; nothing is read twice, so that no corruption can hold the records behind it up.
 */
public final class SpoolReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);
  private static final int MOST_TRIES = 3;

  private final NavigableMap<Long, Segment> segments;
  private final Bounds bounds;
  private final TopicCodec codec;
  private final Losses losses;

  private Segment segment;
  private FrameReader frames;
  private List<TopicCodec.Source<?>> sources = List.of();
  private int tries;
  private boolean told;

  SpoolReader(
      NavigableMap<Long, Segment> segments, Bounds bounds, TopicCodec codec, Losses losses) {
    this.segments = segments;
    this.bounds = bounds;
    this.codec = codec;
    this.losses = losses;
  }

  /** The next record; null if there is none now. To be called by one thread. */
  public Spooled next() {
    while (bounds.left() > 0) {
      if (!onTheSegmentOf(bounds.cursor())) {
        return null;
      }
      Segment.Extent extent = segment.extent();
      try {
        open();
        Frame frame = frames.next(extent.bytes());
        tries = 0;
        if (frame == null) {
          // Nothing more before the extent: what it should still hold cannot be read.
          give(extent.end(), Losses.CORRUPT, "is damaged before its end");
        } else {
          Spooled spooled = take(frame);
          if (spooled != null) {
            return spooled;
          }
        }
      } catch (ClosedByInterruptException stopped) {
        // Says nothing about the disk: an interrupt closes the channel it finds a thread in.
        closeFrames();
        return null;
      } catch (IOException unreadable) {
        closeFrames();
        if (++tries < MOST_TRIES) {
          return null;
        }
        tries = 0;
        give(extent.end(), Losses.UNREADABLE, unreadable.toString());
      }
    }
    return null;
  }

  private Spooled take(Frame frame) {
    if (frame.number() < bounds.cursor()) {
      return null;
    }
    give(frame.number(), Losses.CORRUPT, "is damaged in its middle");
    if (!bounds.claim(frame.number())) {
      return null;
    }
    try {
      TopicCodec.Source<?> source = frame.topic() < 0 ? null : sources.get(frame.topic());
      if (source != null) {
        Outgoing outgoing = codec.decode(frame, source);
        return new Spooled(frame.number(), frame.queuedAtMillis(), outgoing);
      }
    } catch (IOException | RuntimeException misfit) {
      tellOnce(frame, misfit);
    }
    losses.lost(Losses.UNDECODABLE, 1);
    return null;
  }

  private void tellOnce(Frame frame, Exception misfit) {
    if (!told) {
      told = true;
      LOG.warn(
          "record {} of {} does not fit this version and is dropped: {}. Further ones are counted"
              + " only",
          frame.number(),
          segment.path(),
          misfit.toString());
    }
  }

  /** Passes over what is before {@code number}. */
  private void give(long number, String reason, String why) {
    long lost = bounds.skipTo(number);
    if (lost > 0) {
      LOG.warn("{} {}: {} records are lost", segment.path(), why, lost);
      losses.lost(reason, lost);
    }
  }

  /** Goes to the segment that holds a number, or to the next one if that is gone. */
  private boolean onTheSegmentOf(long number) {
    if (segment != null && segments.containsKey(segment.first())) {
      boolean within = number >= segment.first() && number < segment.extent().end();
      if (within) {
        return true;
      }
    }
    var holding = segments.floorEntry(number);
    if (holding == null || number >= holding.getValue().extent().end()) {
      holding = segments.higherEntry(number);
    }
    if (holding == null) {
      return false;
    }
    if (holding.getValue() != segment) {
      closeFrames();
      segment = holding.getValue();
    }
    give(segment.first(), Losses.CORRUPT, "follows upon records that are missing");
    return true;
  }

  private void open() throws IOException {
    if (frames == null) {
      SegmentHeader header = SegmentHeader.read(segment.path());
      sources = codec.sources(header);
      frames = new FrameReader(segment.path(), header.size(), segment.first());
    }
  }

  private void closeFrames() {
    FrameReader closing = frames;
    frames = null;
    try {
      if (closing != null) {
        closing.close();
      }
    } catch (IOException alreadyUseless) {
      LOG.debug("a segment could not be closed", alreadyUseless);
    }
  }

  @Override
  public void close() {
    closeFrames();
  }
}
