package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.tocsin.streams.window.EventTime;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The time a record claims, by {@link EventTime}; clamped ones are counted. */
final class ClampedTime implements TimestampExtractor {

  private final Clock clock;
  private final Function<Object, Instant> claim;
  private final Counter skewed;

  /**
   * An extractor.
   *
   * @param claim the time that a value claims; null for what is no such value
   * @param skewed counts those from the future
   */
  ClampedTime(Clock clock, Function<Object, Instant> claim, Counter skewed) {
    this.clock = clock;
    this.claim = claim;
    this.skewed = skewed;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    Instant claimed = claim.apply(record.value());
    if (claimed == null) {
      // An empty record: the processor refuses it, and no time at all would drop it unseen.
      return Math.max(0, record.timestamp());
    }
    long claimedAt = claimed.toEpochMilli();
    long wall = clock.millis();
    if (EventTime.isAhead(claimedAt, wall)) {
      skewed.increment();
    }
    return EventTime.of(claimedAt, wall);
  }
}
