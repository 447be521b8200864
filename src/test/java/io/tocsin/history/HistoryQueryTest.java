package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryQueryTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static List<String> problems(
      List<String> figures, Selector selector, Instant from, Instant to, Duration step, int limit) {
    return catchThrowableOfType(
            QueryProblems.class,
            () ->
                new HistoryQuery(
                    figures, selector, Optional.empty(), from, to, step, Aggregate.MEAN, limit))
        .lines();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            problems(
                List.of("cpu", "cpu_percent", "rx_bytes_per_second"),
                Selector.kind("MAINFRAME"),
                NOON,
                NOON.minusSeconds(1),
                Duration.ofMinutes(1),
                0))
        .satisfiesExactly(
            line -> assertThat(line).contains("there is no cpu;", "cpu_percent", "latency_ms"),
            line -> assertThat(line).contains("different tables"),
            line -> assertThat(line).contains("no MAINFRAME", "HOST, VM, CONTAINER"),
            line -> assertThat(line).contains("is not before", "exchange them"),
            line -> assertThat(line).contains("limit: 0"));
  }

  @Test
  void aRangeOfABillionStepsIsRefusedWithAStepThatFits() {
    assertThat(
            problems(
                List.of("cpu_percent"),
                Selector.resource("host/a"),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(10_000_000_000L),
                Duration.ofSeconds(10),
                100))
        .singleElement()
        .asString()
        .contains("1,000,000,000 rows", "use a step of 6h or more");
  }

  @Test
  void aStepThatNoWindowFitsIsRefused() {
    assertThat(
            problems(
                List.of("cpu_percent"),
                Selector.all(),
                NOON,
                NOON.plusSeconds(60),
                Duration.ofMillis(1_500),
                10))
        .singleElement()
        .asString()
        .contains("step: 1500ms is not a multiple of 10s");
  }

  @Test
  void hostileNamesAreShownInOneShortLine() {
    assertThat(
            problems(
                List.of("x\n\u001b[2J" + "y".repeat(500)),
                Selector.all(),
                NOON,
                NOON.plusSeconds(60),
                Duration.ofSeconds(10),
                10))
        .singleElement()
        .asString()
        .doesNotContainPattern("\\p{Cntrl}")
        .contains("x??[2J", "...");
  }

  @Test
  void aQuestionIsAnsweredByTheCoarsestTierThatFitsItsStep() {
    assertThat(Tier.of(Duration.ofSeconds(30))).isEqualTo(Tier.TEN_SECONDS);
    assertThat(Tier.of(Duration.ofSeconds(90))).isEqualTo(Tier.TEN_SECONDS);
    assertThat(Tier.of(Duration.ofMinutes(5))).isEqualTo(Tier.MINUTE);
    assertThat(Tier.of(Duration.ofDays(1))).isEqualTo(Tier.HOUR);
  }

  @Test
  void everyFigureHasAMeaningAndAColumnForEveryAggregate() {
    assertThat(Figures.all())
        .allSatisfy(
            figure -> {
              assertThat(figure.name()).matches("[a-z0-9_]+");
              assertThat(figure.meaning()).isNotBlank();
              for (Aggregate aggregate : Aggregate.values()) {
                assertThat(HistoryTables.columns(figure.table()))
                    .contains(figure.column(aggregate));
              }
            });
  }
}
