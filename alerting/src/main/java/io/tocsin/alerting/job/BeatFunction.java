package io.tocsin.alerting.job;

import io.tocsin.schemas.Beat;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * A sign of life made of what has come all the way: of the windows of hosts that arrive, one every
 * few seconds is told on. It is nothing without collectors, Kafka and Streams, so that its silence
 * says that one of them, or this job, has stopped.
 */
final class BeatFunction extends RichFlatMapFunction<RawRecord, Beat> {

  private static final long serialVersionUID = 1L;

  /** Several times within the shortest sensible interval of a watchdog, and next to no work. */
  static final Duration EVERY = Duration.ofSeconds(5);

  /** Windows that are written while a backlog is read are no sign that things work now. */
  static final Duration FRESH = Duration.ofSeconds(30);

  private static final String HOST = "host/";

  private final JobParts parts;

  private transient RecordOpening opening;
  private transient Instant beatAt;

  BeatFunction(JobParts parts) {
    this.parts = parts;
  }

  @Override
  public void open(OpenContext context) {
    opening = parts.opening();
  }

  @Override
  public void close() {
    if (opening != null) {
      opening.close();
    }
  }

  @Override
  public void flatMap(RawRecord raw, Collector<Beat> out) {
    if (!raw.key().startsWith(HOST) || !raw.topic().equals(Topics.WINDOWS.name())) {
      return;
    }
    Instant now = parts.clock().instant();
    if (beatAt != null && now.isBefore(beatAt.plus(EVERY))) {
      return;
    }
    if (opening.open(raw) instanceof RecordOpening.Opened.Value value
        && value.value() instanceof Window window
        && window.getLatestAt().isAfter(now.minus(FRESH))) {
      beatAt = now;
      out.collect(
          new Beat(
              window.getResourceId(),
              window.getLatestAt(),
              Instant.ofEpochMilli(raw.timestamp()),
              now.truncatedTo(ChronoUnit.MILLIS)));
    }
  }
}
