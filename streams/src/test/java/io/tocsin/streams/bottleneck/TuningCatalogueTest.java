package io.tocsin.streams.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tocsin.schemas.Advice;
import io.tocsin.schemas.BottleneckKind;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.window.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningCatalogueTest {

  private final TuningCatalogue catalogue = TuningCatalogue.builtIn();

  private List<Advice> advice(
      BottleneckKind kind, ResourceKind resource, Map<Metric, Double> values) {
    return catalogue.advise(kind, resource, Intervals.interval(Intervals.NOON, values));
  }

  @Test
  void thereIsAdviceOfEachKindAndEachNamesARiskAndAPublicSource() {
    assertThat(catalogue.entries()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(catalogue.entries()).extracting(TuningEntry::id).doesNotHaveDuplicates();
    assertThat(catalogue.entries())
        .extracting(TuningEntry::kind)
        .contains(BottleneckKind.CPU, BottleneckKind.MEMORY, BottleneckKind.IO)
        .contains(BottleneckKind.NETWORK);
    assertThat(catalogue.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.source()).contains("https://");
              assertThat(entry.risk()).endsWith(".");
              assertThat(entry.title()).doesNotEndWith(".");
            });
  }

  @Test
  void eachShortageOfEachKindOfResourceHasAdviceThatAlwaysFits() {
    for (BottleneckKind kind : Episodes.KINDS) {
      for (ResourceKind resource :
          List.of(ResourceKind.HOST, ResourceKind.VM, ResourceKind.CONTAINER)) {
        assertThat(advice(kind, resource, Map.of()))
            .as("%s of %s", kind, resource)
            .isNotEmpty()
            .allMatch(advice -> advice.getBecause().startsWith("worth trying"));
      }
    }
  }

  @Test
  void whatHasConditionsComesBeforeWhatAlwaysFits() {
    boolean always = false;
    for (TuningEntry entry : catalogue.entries()) {
      assertThat(always && !entry.when().isEmpty()).as(entry.id()).isFalse();
      always = entry.when().isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CPU,     VM,        STEAL_PERCENT,             15, cpu-steal-pin",
    "CPU,     HOST,      STEAL_PERCENT,             15, cpu-steal-move",
    "CPU,     VM,        VCPU_DELAY_PERCENT,        15, cpu-delay-pin",
    "CPU,     CONTAINER, THROTTLED_PERIODS_PERCENT, 60, cpu-throttled-limit",
    "CPU,     HOST,      RUN_QUEUE_PER_CORE,         3, cpu-weight",
    "CPU,     HOST,      CPU_PERCENT,               90, cpu-host-find",
    "MEMORY,  CONTAINER, OOM_KILLS,                  1, memory-oom-container",
    "MEMORY,  VM,        SWAP_PAGES,               500, memory-vm-balloon",
    "MEMORY,  HOST,      MEMORY_STALL,              20, memory-thp",
    "IO,      HOST,      SWAP_PAGES,               500, io-swap",
    "IO,      HOST,      DISK_QUEUE,                20, io-write-cache",
    "IO,      CONTAINER, IO_OPERATIONS,           1200, io-container-throttle",
    "NETWORK, HOST,      PACKET_LOSS_PERCENT,        2, network-ring",
    "NETWORK, HOST,      RETRANSMIT_PERCENT,         2, network-path",
    "NETWORK, HOST,      NETWORK_PERCENT,           90, network-buffers"
  })
  void theFirstAdviceFitsTheEvidence(
      BottleneckKind kind, ResourceKind resource, Metric metric, double value, String id) {
    List<Advice> advice = advice(kind, resource, Map.of(metric, value));
    assertThat(advice.get(0).getId()).isEqualTo(id);
    assertThat(advice).hasSizeLessThanOrEqualTo(TuningCatalogue.MOST_ADVICE);
  }

  @Test
  void aContainerThatIsThrottledInBurstsIsAdvisedToSaveQuotaFirst() {
    assertThat(
            advice(
                BottleneckKind.CPU,
                ResourceKind.CONTAINER,
                Map.of(Metric.THROTTLED_PERIODS_PERCENT, 60.0, Metric.CPU_PERCENT, 20.0)))
        .extracting(Advice::getId)
        .startsWith("cpu-throttled-burst", "cpu-throttled-limit");
  }

  @Test
  void whateverFitsThereIsNoMoreThanAFewAdvice() {
    Map<Metric, Double> all = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      all.put(metric, 99.0);
    }
    assertThat(advice(BottleneckKind.CPU, ResourceKind.VM, all))
        .hasSize(TuningCatalogue.MOST_ADVICE);
    assertThat(advice(BottleneckKind.CPU, ResourceKind.SERVICE, all)).isEmpty();
  }

  @Test
  void anAppendedFileAddsEntriesAndReplacesThoseOfTheSameId(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("ours.yaml");
    Files.writeString(
        file,
        """
        - id: ours
          kind: cpu
          applies-to: [host]
          when: [{metric: cpu-percent, op: ">", value: 80}]
          title: Call the owner
          risk: None.
          source: our handbook
        - id: cpu-host-find
          kind: cpu
          applies-to: [host]
          title: Run our own profiler on <no placeholder here>
          command: profile --top <count>
          placeholders: {count: "how many"}
          risk: None.
          source: our handbook
        """);
    TuningCatalogue ours = catalogue.with(file);
    assertThat(ours.entries()).hasSize(catalogue.entries().size() + 1);
    assertThat(
            ours.advise(
                BottleneckKind.CPU,
                ResourceKind.HOST,
                Intervals.interval(0, Map.of(Metric.CPU_PERCENT, 90.0))))
        .extracting(Advice::getSource)
        .startsWith("our handbook", "our handbook");
  }

  @Test
  void eachProblemNamesFileEntryAndKey() {
    assertThat(
            problems(
                """
                - id: Bad Id
                  kind: gpu
                  applies-to: [host, fridge]
                  when: [{metric: cpu, op: "~", value: high}]
                  title: ""
                  command: run <this> on <that>
                  placeholders: {this: "", other: unused}
                  risk: "two\\nlines"
                  sauce: none
                - {id: twice, kind: io, applies-to: [vm], title: t, risk: r, source: s}
                - {id: twice, kind: io, applies-to: [], when: 3, title: t, risk: r, source: s}
                - just words
                """))
        .contains(
            "ours.yaml: entry 1 (Bad Id): sauce: unknown key; known are [applies-to, command, id,"
                + " kind, placeholders, risk, source, title, when]",
            "ours.yaml: entry 1 (Bad Id): id: has to be of a-z, 0-9 and hyphens",
            "ours.yaml: entry 1 (Bad Id): kind: gpu is not known; known are cpu, memory, io,"
                + " network",
            "ours.yaml: entry 1 (Bad Id): applies-to: fridge is not known; known are host, vm,"
                + " container",
            "ours.yaml: entry 1 (Bad Id): when[0].op: is not one of >=, >, <=, <",
            "ours.yaml: entry 1 (Bad Id): when[0].value: has to be a number",
            "ours.yaml: entry 1 (Bad Id): title: is missing",
            "ours.yaml: entry 1 (Bad Id): placeholders.this: has no meaning",
            "ours.yaml: entry 1 (Bad Id): placeholders: does not explain <that>",
            "ours.yaml: entry 1 (Bad Id): placeholders.other: is not in the command",
            "ours.yaml: entry 1 (Bad Id): risk: has to be one line of up to 500 characters",
            "ours.yaml: entry 1 (Bad Id): source: is missing",
            "ours.yaml: entry 3 (twice): id: is used twice",
            "ours.yaml: entry 3 (twice): when: has to be a list of conditions")
        .anyMatch(problem -> problem.contains("when[0].metric: cpu is not known; known are cpu-"))
        .anyMatch(problem -> problem.startsWith("ours.yaml: entry 4: has to have the keys"));
  }

  @Test
  void whatIsNoListOrNoYamlIsSaid() {
    assertThat(problems("id: one")).containsExactly("ours.yaml: has to be a list of entries");
    assertThat(problems("")).containsExactly("ours.yaml: has to be a list of entries");
    assertThat(problems("- {id: one\n- [")).singleElement().asString().contains("is not YAML");
    assertThat(
            catchThrowableOfType(
                    CatalogueException.class, () -> catalogue.with(Path.of("no-such.yaml")))
                .problems())
        .containsExactly("no-such.yaml: there is no such file");
  }

  private List<String> problems(String text) {
    return catchThrowableOfType(CatalogueException.class, () -> catalogue.with("ours.yaml", text))
        .problems();
  }
}
