package io.tocsin.streams.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.DiskSample;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {

  @Test
  void disksWithoutBusyTimeCountTheirOperations() {
    Interval interval = between(disk(1_000, null), disk(1_500, null));

    assertThat(interval.value(Metric.IO_OPERATIONS)).isEqualTo(500);
    assertThat(interval.value(Metric.IO_PERCENT)).isNaN();
  }

  @Test
  void aDiskWhoseBusyTimeWentBackHasBeenReplaced() {
    Interval interval = between(disk(1_000, 900_000L), disk(1_500, 0L));

    assertThat(interval.value(Metric.IO_OPERATIONS)).isNaN();
  }

  private static Interval between(DiskSample older, DiskSample newer) {
    Rating rating = Rates.between(reading(older, 0), reading(newer, 1), 60_000);
    assertThat(rating).isInstanceOf(Rating.Rated.class);
    return ((Rating.Rated) rating).interval();
  }

  private static Reading reading(DiskSample disk, long second) {
    Instant at = Examples.NOON.plusSeconds(second);
    Sample sample =
        Sample.newBuilder()
            .setResourceId("container/web")
            .setKind(ResourceKind.CONTAINER)
            .setOrigin(Examples.origin(second))
            .setAt(at)
            .setDisks(List.of(disk))
            .build();
    return Reading.of(sample, at.toEpochMilli());
  }

  private static DiskSample disk(long reads, Long busyUs) {
    return DiskSample.newBuilder()
        .setName("sda")
        .setReads(reads)
        .setWrites(0)
        .setReadBytes(reads * 4096)
        .setWrittenBytes(0)
        .setBusyUs(busyUs)
        .build();
  }
}
