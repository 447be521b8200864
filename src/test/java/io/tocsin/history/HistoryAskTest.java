package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class HistoryAskTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private static HistoryQuery query(Map<String, String> said) {
    return new HistoryAsk(said).query(NOW, 60, 1_000);
  }

  private static List<String> problems(Map<String, String> said) {
    return catchThrowableOfType(QueryProblems.class, () -> query(said)).lines();
  }

  @Example
  void whatIsNotSaidIsTheLastHourInAboutSixtyRows() {
    HistoryQuery query = query(Map.of("resource", "host/a", "figure", "cpu_percent, cores"));
    assertThat(query.from()).isEqualTo(NOW.minus(Duration.ofHours(1)));
    assertThat(query.to()).isEqualTo(NOW);
    assertThat(query.step()).isEqualTo(Duration.ofMinutes(1));
    assertThat(query.figures()).containsExactly("cpu_percent", "cores");
    assertThat(query.aggregate()).isEqualTo(Aggregate.MEAN);
    assertThat(query.limit()).isEqualTo(1_000);
  }

  @Example
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "colour", "red",
                    "last", "yesterday",
                    "step", "7",
                    "aggregate", "median",
                    "limit", "many",
                    "together", "perhaps",
                    "figure", "cpu")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("colour: is no parameter; there are [aggregate,"),
            line -> assertThat(line).startsWith("say one of resource, service, kind and all"),
            line -> assertThat(line).startsWith("together: is true or false"),
            line -> assertThat(line).startsWith("last: yesterday is no span of time"),
            line -> assertThat(line).startsWith("step: 7 is no span of time"),
            line -> assertThat(line).startsWith("aggregate: median is none of"),
            line -> assertThat(line).startsWith("limit: many is not between 1 and 1,000"),
            line -> assertThat(line).startsWith("figure: there is no cpu; there are cpu_percent"));
  }

  @Example
  void aStepThatIsNoLongerKeptIsRefusedWithOneThatIs() {
    assertThat(
            problems(
                Map.of(
                    "all",
                    "true",
                    "figure",
                    "cpu_percent",
                    "from",
                    "2026-01-01T00:00:00Z",
                    "to",
                    "2026-01-01T01:00:00Z",
                    "step",
                    "10s")))
        .singleElement()
        .asString()
        .contains("windows of 10s are kept for 7 days; use a step of 1m");
  }

  @Example
  void lastAndFromContradictEachOther() {
    assertThat(
            problems(
                Map.of(
                    "all",
                    "",
                    "figure",
                    "cpu_percent",
                    "last",
                    "1h",
                    "from",
                    "2026-01-31T10:00:00Z")))
        .singleElement()
        .asString()
        .contains("either last, or from and to");
  }

  @Property
  void anyTextIsAQuestionOrAProblemInWords(@ForAll String key, @ForAll String value) {
    for (String name : List.of(key, "last", "from", "step", "limit", "figure", "kind", "part")) {
      try {
        query(Map.of(name, value, "all", "true"));
      } catch (QueryProblems told) {
        assertThat(told.lines())
            .isNotEmpty()
            .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
      }
    }
  }
}
