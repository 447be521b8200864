package io.tocsin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every store of history does: the same answers to the same questions, whatever it is. */
abstract class HistoryStoreContract {

  /** Of late: stores do not take what is older than they keep. */
  static final Instant NOON =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(4));

  static final Instant TWO = NOON.plus(Duration.ofHours(2));
  static final String HOSTILE = "vm/it's,a = \"b\\c\\ \n';DROP TABLE windows;--é😀";

  abstract HistoryStore store();

  /** Two hours of seeded figures, written before the first test. */
  abstract FilledHistory filled();

  List<HistoryRow> rows(HistoryQuery query) throws HistoryException {
    List<HistoryRow> rows = new ArrayList<>();
    store().read(query, rows::add);
    return rows;
  }

  static HistoryQuery query(String figure, Selector selector, Duration step, Aggregate aggregate) {
    return HistoryQuery.of(List.of(figure), selector, NOON, TWO, step, aggregate);
  }

  void sameAs(Map<Instant, Double> expected, List<HistoryRow> rows) {
    assertThat(rows.stream().map(HistoryRow::at)).containsExactlyElementsOf(expected.keySet());
    rows.forEach(
        row -> assertThat(row.values()[0]).isCloseTo(expected.get(row.at()), within(0.01)));
  }

  /** What the rows have to be, worked out from what was written. */
  Map<Instant, Double> expected(
      String resource,
      Duration step,
      Tier tier,
      ToDoubleFunction<FilledHistory.Point> figure,
      Aggregate aggregate) {
    Map<Instant, List<Double>> steps =
        filled().points().stream()
            .filter(point -> point.resource().equals(resource) && point.tier() == tier)
            .collect(
                Collectors.groupingBy(
                    point ->
                        Instant.ofEpochSecond(
                            point.at().getEpochSecond() / step.toSeconds() * step.toSeconds()),
                    TreeMap::new,
                    Collectors.mapping(figure::applyAsDouble, Collectors.toList())));
    Map<Instant, Double> values = new TreeMap<>();
    steps.forEach((at, all) -> values.put(at, fold(all, aggregate)));
    return values;
  }

  private static double fold(List<Double> all, Aggregate aggregate) {
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return switch (aggregate) {
      case MEAN -> all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      case MAX -> sorted[sorted.length - 1];
      case MIN -> sorted[0];
      case P95 -> sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
    };
  }

  @Test
  void aStepIsMadeOfTheWindowsInIt() throws HistoryException {
    Selector host = Selector.resource("host/a");
    for (Duration step :
        List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(15))) {
      Tier tier = Tier.of(step);
      sameAs(
          expected("host/a", step, tier, FilledHistory.Point::mean, Aggregate.MEAN),
          rows(query("cpu_percent", host, step, Aggregate.MEAN)));
      sameAs(
          expected("host/a", step, tier, FilledHistory.Point::mean, Aggregate.MIN),
          rows(query("cpu_percent", host, step, Aggregate.MIN)));
      sameAs(
          expected("host/a", step, tier, FilledHistory.Point::max, Aggregate.MAX),
          rows(query("cpu_percent", host, step, Aggregate.MAX)));
      sameAs(
          expected("host/a", step, tier, FilledHistory.Point::p95, Aggregate.P95),
          rows(query("cpu_percent", host, step, Aggregate.P95)));
    }
  }

  @Test
  void severalFiguresComeInTheOrderOfTheQuestionAndWhatIsNotMeasuredIsNoNumber()
      throws HistoryException {
    List<HistoryRow> rows =
        rows(
            HistoryQuery.of(
                List.of("memory_bytes", "cpu_percent", "steal_percent", "cores"),
                Selector.resource("vm/b"),
                NOON,
                NOON.plusSeconds(60),
                Duration.ofMinutes(1),
                Aggregate.MEAN));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).values()[0]).isEqualTo(8L << 30);
    assertThat(rows.get(0).values()[1]).isBetween(0.0, 100.0);
    assertThat(rows.get(0).values()[2]).isNaN();
    assertThat(rows.get(0).values()[3]).isEqualTo(4);
  }

  @Test
  void theRangeHasItsBeginAndNotItsEnd() throws HistoryException {
    assertThat(
            rows(
                    HistoryQuery.of(
                        List.of("cpu_percent"),
                        Selector.resource("host/a"),
                        NOON.plusSeconds(60),
                        NOON.plusSeconds(180),
                        Duration.ofMinutes(1),
                        Aggregate.MEAN))
                .stream()
                .map(HistoryRow::at))
        .containsExactly(NOON.plusSeconds(60), NOON.plusSeconds(120));
  }

  @Test
  void aServiceIsItsResourcesWithoutItsRollUp() throws HistoryException {
    assertThat(resources(Selector.service("shop"))).containsExactly("host/a", "vm/b");
    assertThat(resources(Selector.kind("VM"))).containsExactly("vm/b", Line.clean(HOSTILE));
    assertThat(resources(Selector.all())).hasSize(3).doesNotContain("service/shop");
    assertThat(resources(Selector.rollups())).containsExactly("service/shop");
    assertThat(resources(Selector.resource("service/shop"))).containsExactly("service/shop");
  }

  private List<String> resources(Selector selector) throws HistoryException {
    return rows(query("cpu_percent", selector, Duration.ofMinutes(30), Aggregate.MEAN)).stream()
        .map(HistoryRow::resource)
        .distinct()
        .toList();
  }

  @Test
  void severalResourcesTogetherAreOneSeries() throws HistoryException {
    List<HistoryRow> rows =
        rows(
            query(
                "cpu_percent",
                Selector.service("shop").asOne(),
                Duration.ofMinutes(30),
                Aggregate.MAX));
    assertThat(rows).hasSize(4).allMatch(row -> row.resource().equals(HistoryRow.TOGETHER));
    Map<Instant, Double> one =
        expected(
            "host/a", Duration.ofMinutes(30), Tier.MINUTE, FilledHistory.Point::max, Aggregate.MAX);
    Map<Instant, Double> other =
        expected(
            "vm/b", Duration.ofMinutes(30), Tier.MINUTE, FilledHistory.Point::max, Aggregate.MAX);
    rows.forEach(
        row ->
            assertThat(row.values()[0])
                .isCloseTo(Math.max(one.get(row.at()), other.get(row.at())), within(0.01)));
  }

  @Test
  void aHostileNameIsKeptAndFoundAndDoesNoHarm() throws HistoryException {
    assertThat(
            rows(
                query(
                    "cpu_percent",
                    Selector.resource(HOSTILE),
                    Duration.ofHours(1).dividedBy(4),
                    Aggregate.MEAN)))
        .hasSize(8)
        .allMatch(row -> row.resource().equals(Line.clean(HOSTILE)));
    assertThat(
            rows(
                query(
                    "cpu_percent",
                    Selector.resource("' OR 1=1 --"),
                    Duration.ofMinutes(30),
                    Aggregate.MEAN)))
        .isEmpty();
    assertThat(
            rows(
                query(
                    "cpu_percent",
                    Selector.service("x\\' OR ''='"),
                    Duration.ofMinutes(30),
                    Aggregate.MEAN)))
        .isEmpty();
  }

  @Test
  void seriesAreDescribedByTheirNewestWindow() throws HistoryException {
    assertThat(store().series(HistoryTable.WINDOWS, Tier.MINUTE, Selector.all(), NOON, TWO))
        .containsExactly(
            new HistorySeries("host/a", "HOST", "shop", ""),
            new HistorySeries("vm/b", "VM", "shop", ""),
            new HistorySeries(Line.clean(HOSTILE), "VM", "", ""));
    assertThat(store().series(HistoryTable.LATENCIES, Tier.MINUTE, Selector.all(), NOON, TWO))
        .containsExactly(
            new HistorySeries("endpoint/shop", "ENDPOINT", "shop", "APPLICATION"),
            new HistorySeries("endpoint/shop", "ENDPOINT", "shop", "PROBES"));
  }

  @Test
  void partsOfAResourceAreSeriesOfTheirOwn() throws HistoryException {
    Selector shop = Selector.resource("endpoint/shop");
    List<HistoryRow> rows = rows(query("latency_ms", shop, Duration.ofMinutes(30), Aggregate.MAX));
    assertThat(rows.stream().map(HistoryRow::part).distinct())
        .containsExactly("APPLICATION", "PROBES");
    assertThat(rows).hasSize(8);
    HistoryQuery one =
        new HistoryQuery(
            List.of("latency_ms"),
            shop,
            Optional.of("PROBES"),
            NOON,
            TWO,
            Duration.ofMinutes(30),
            Aggregate.P95,
            100);
    assertThat(rows(one)).hasSize(4).allMatch(row -> row.part().equals("PROBES"));
  }

  @Test
  void bytesAndRequestsOfAServiceDoNotHideEachOther() throws HistoryException {
    Selector shop = Selector.resource("service/shop");
    for (Duration step :
        List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(30))) {
      long steps = Duration.between(NOON, TWO).dividedBy(step);
      List<HistoryRow> bytes = rows(query("rx_bytes_per_second", shop, step, Aggregate.MEAN));
      List<HistoryRow> requests = rows(query("requests_per_second", shop, step, Aggregate.MAX));
      assertThat(bytes)
          .hasSize((int) steps)
          .allMatch(row -> row.part().equals("traffic") && row.values()[0] == FilledHistory.BYTES);
      assertThat(requests)
          .hasSize((int) steps)
          .allMatch(
              row -> row.part().equals("requests") && row.values()[0] == FilledHistory.REQUESTS);
    }
  }

  @Test
  void figuresOfDifferentPartsComeInRowsOfTheirOwn() throws HistoryException {
    List<HistoryRow> rows =
        rows(
            HistoryQuery.of(
                List.of("rx_bytes_per_second", "requests_per_second"),
                Selector.resource("service/shop"),
                NOON,
                NOON.plusSeconds(60),
                Duration.ofMinutes(1),
                Aggregate.MEAN));
    assertThat(rows).extracting(HistoryRow::part).containsExactly("requests", "traffic");
    assertThat(rows.get(0).values()).containsExactly(Double.NaN, FilledHistory.REQUESTS);
    assertThat(rows.get(1).values()).containsExactly(FilledHistory.BYTES, Double.NaN);
  }

  @Test
  void anAnswerThatIsTooLongIsAnErrorThatSaysWhatToDo() {
    HistoryQuery query =
        new HistoryQuery(
            List.of("cpu_percent"),
            Selector.all(),
            Optional.empty(),
            NOON,
            TWO,
            Duration.ofMinutes(1),
            Aggregate.MEAN,
            100);
    assertThatThrownBy(() -> rows(query))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("more than 100 rows")
        .hasMessageContaining("step longer than 1m");
  }

  @Test
  void theSamePointsAgainChangeNothing() throws Exception {
    HistoryQuery query =
        query(
            "cpu_percent",
            Selector.all().asOne(),
            Duration.ofHours(1).dividedBy(2),
            Aggregate.MEAN);
    double before = rows(query).get(0).values()[0];
    filled().write();
    filled().settle();
    assertThat(rows(query).get(0).values()[0]).isEqualTo(before);
  }
}
