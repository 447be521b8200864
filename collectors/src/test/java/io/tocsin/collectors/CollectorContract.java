package io.tocsin.collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tocsin.collectors.parts.Shortest;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Sample;
import io.tocsin.schemas.SecurityEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every collector must hold to; a test class per collector extends it. A collector that {@link
 * Collector#open opens} something is handed out open.
 */
@Timeout(90)
public abstract class CollectorContract {

  /** One that finds what it reads. */
  protected abstract Collector healthy() throws Exception;

  /** One whose source is missing, broken or hanging; {@code null} where that cannot be. */
  protected abstract Collector troubled() throws Exception;

  @Test
  void identityIsStable() throws Exception {
    Collector collector = healthy();
    Collector again = healthy();

    assertThat(collector.name()).isEqualTo(collector.name()).isEqualTo(again.name());
    assertThat(collector.name()).matches("[a-z0-9._/-]+");
    assertThat(ids(collector)).isNotEmpty().isEqualTo(ids(collector)).isEqualTo(ids(again));
    assertThat(ids(collector)).allMatch(id -> id.matches("[a-z]+/[a-z0-9._-]+"));
  }

  @Test
  void everythingThatIsReportedIsInTheInventory() throws Exception {
    Collector collector = healthy();
    Reading reading = collector.collect();

    Set<String> reported = new HashSet<>();
    reading.samples().forEach(sample -> reported.add(sample.getResourceId()));
    reading.probes().forEach(probe -> reported.add(probe.getResourceId()));
    reading.measurements().forEach(figure -> reported.add(figure.getResourceId()));
    reading.events().forEach(event -> reported.add(event.getResourceId()));
    assertThat(reported).isNotEmpty();
    assertThat(ids(collector)).containsAll(reported);
  }

  @Test
  void recordsLackNothingButTheirOrigin() throws Exception {
    for (Collector collector : List.of(healthy(), troubled())) {
      Reading reading = readingOf(collector);
      for (Sample.Builder sample : reading.samples()) {
        assertThat(sample.hasOrigin()).isFalse();
        assertThatCode(() -> sample.setOrigin(Examples.origin(0)).build())
            .doesNotThrowAnyException();
      }
      for (Probe.Builder probe : reading.probes()) {
        assertThat(probe.hasOrigin()).isFalse();
        assertThatCode(() -> probe.setOrigin(Examples.origin(0)).build())
            .doesNotThrowAnyException();
      }
      for (Measurement.Builder figure : reading.measurements()) {
        assertThat(figure.hasOrigin()).isFalse();
        assertThatCode(() -> figure.setOrigin(Examples.origin(0)).build())
            .doesNotThrowAnyException();
      }
      for (SecurityEvent.Builder event : reading.events()) {
        assertThat(event.hasOrigin()).isFalse();
        assertThatCode(() -> event.setOrigin(Examples.origin(0)).build())
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void anInventoryThatHasNotChangedIsTheSameList() throws Exception {
    Collector collector = healthy();
    collector.collect();
    List<Resource> before = collector.resources();
    collector.collect();

    assertThat(collector.resources()).isSameAs(before);
  }

  @Test
  void theDeadlineIsKeptAlsoInTrouble() throws Exception {
    List<Callable<Collector>> makers = List.of(this::healthy, this::troubled);
    for (Callable<Collector> maker : makers) {
      Duration limit = maker.call().deadline().plusMillis(500);
      assertThat(Shortest.of(limit, () -> took(maker.call()))).isLessThan(limit);
    }
  }

  private static Duration took(Collector collector) throws InterruptedException {
    long began = System.nanoTime();
    readingOf(collector);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void troubleIsNamed() throws Exception {
    Collector collector = troubled();
    try {
      Reading reading = collector.collect();
      boolean told =
          !reading.problems().isEmpty()
              || reading.probes().stream().anyMatch(probe -> !probe.getEvidence().isBlank());
      assertThat(told).isTrue();
      reading.problems().forEach(problem -> assertThat(problem.where()).isNotBlank());
    } catch (CollectorException named) {
      assertThat(named.problem().where()).isNotBlank();
      assertThat(named.problem().what()).isNotBlank();
    }
  }

  @Test
  void aPassAfterAnotherWorksAsTheFirst() throws Exception {
    Collector collector = healthy();
    int first = size(collector.collect());

    assertThat(size(collector.collect())).isEqualTo(first);
  }

  private static Reading readingOf(Collector collector) throws InterruptedException {
    try {
      return collector.collect();
    } catch (CollectorException named) {
      return Reading.empty();
    }
  }

  private static int size(Reading reading) {
    return reading.samples().size()
        + reading.probes().size()
        + reading.measurements().size()
        + reading.events().size();
  }

  private static List<String> ids(Collector collector) {
    return collector.resources().stream().map(Resource::getId).toList();
  }
}
