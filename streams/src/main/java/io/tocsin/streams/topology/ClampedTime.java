package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.tocsin.streams.window.EventTime;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time a record claims, by {@link EventTime}; clamped ones are counted. It is held against the
 * time at which the broker got it, so that a record counts at the same time whenever it is read; a
 * topic that somebody made without such stamps has it held against the clock.
 */
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
    long arrivedAt =
        record.timestampType() == TimestampType.LOG_APPEND_TIME
            ? record.timestamp()
            : clock.millis();
    if (EventTime.isAhead(claimedAt, arrivedAt)) {
      skewed.increment();
    }
    return EventTime.of(claimedAt, arrivedAt);
  }
}
