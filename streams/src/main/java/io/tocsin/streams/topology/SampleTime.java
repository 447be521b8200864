package io.tocsin.streams.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Sample;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The time of a sample, by {@link ClampedTime}. */
final class SampleTime implements TimestampExtractor {

  private final ClampedTime time;

  SampleTime(Clock clock, MeterRegistry meters) {
    this.time =
        new ClampedTime(
            clock,
            value -> value instanceof Sample sample ? sample.getAt() : null,
            Counter.builder("tocsin.streams.skewed")
                .description("samples from the future, counted at the time of their arrival")
                .tag("reason", "ahead")
                .register(meters));
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return time.extract(record, partitionTime);
  }
}
