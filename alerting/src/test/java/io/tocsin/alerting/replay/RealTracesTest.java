package io.tocsin.alerting.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.replay.trace.Alarm;
import io.tocsin.alerting.replay.trace.Control;
import io.tocsin.alerting.replay.trace.Label;
import io.tocsin.alerting.replay.trace.LabelReader;
import io.tocsin.alerting.replay.trace.Score;
import io.tocsin.alerting.replay.trace.Scorer;
import io.tocsin.alerting.replay.trace.Trace;
import io.tocsin.alerting.replay.trace.TraceMapping;
import io.tocsin.alerting.replay.trace.TraceReader;
import io.tocsin.alerting.replay.trace.Watched;
import io.tocsin.alerting.rules.BuiltInRules;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Scores the shipped rules on traces of real systems, beside the controls. The traces are not part
 * of the project; TOCSIN_TRACES names the directory that holds them.
 */
@EnabledIfEnvironmentVariable(named = "TOCSIN_TRACES", matches = ".+")
class RealTracesTest {

  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Instant LAST_FAULT_OVER = Instant.parse("2022-08-22T08:00:00Z");

  @Test
  void cloudMetricsDepartFromTheirPastInTheLabelledWindows() throws Exception {
    TraceMapping mapping = mapping("nab");
    Trace trace = TraceReader.read(mapping, data("nab-aws"));
    List<Label> labels = LabelReader.read(mapping.labels(), data("nab-aws"));
    Scorer scorer = new Scorer(labels, Watched.of(trace, "SERIES", 0.15), Duration.ZERO);

    Score score = scorer.score(alarms(trace));
    say("nab-aws", trace, score);
    for (Control control : Control.values()) {
      say("  " + control, trace, scorer.score(control.alarms(trace, "value")));
    }
    assertThat(score.hits()).isGreaterThanOrEqualTo(30);
    assertThat(score.falseHoursPerDay()).isLessThanOrEqualTo(0.12);
  }

  @Test
  void injectedFaultsAreIncidentsOnTheRightPod() throws Exception {
    TraceMapping mapping = mapping("nezha");
    Trace trace = TraceReader.read(mapping, data("nezha-ob-0822"));
    List<Label> labels = LabelReader.read(mapping.labels(), data("nezha-ob-0822"));
    List<Watched> pods = Watched.of(trace, "CONTAINER", 0);
    List<Watched> afterwards =
        pods.stream().map(pod -> new Watched(pod.resource(), LAST_FAULT_OVER, pod.to())).toList();
    List<Alarm> alarms = alarms(trace);

    Score score = new Scorer(labels, pods, GRACE).score(alarms);
    say("nezha-ob", trace, score);
    System.out.println("  confusion " + score.confusion() + " delays " + score.delays());
    Score calm = new Scorer(labels, afterwards, GRACE).score(alarms);
    say("  after the last fault", trace, calm);
    for (Control control : Control.values()) {
      say(
          "  " + control,
          trace,
          new Scorer(labels, pods, GRACE).score(control.alarms(trace, "cpu-percent")));
      say(
          "    after the last fault",
          trace,
          new Scorer(labels, afterwards, GRACE).score(control.alarms(trace, "cpu-percent")));
    }
    alarms.stream()
        .filter(
            alarm ->
                labels.stream()
                    .noneMatch(
                        label ->
                            label.resource().equals(alarm.resource())
                                && !alarm.at().isBefore(label.from())
                                && !alarm.at().isAfter(label.to().plus(GRACE))))
        .forEach(alarm -> System.out.println("  false " + alarm));
    assertThat(calm.falseAlarmsPerDay()).isLessThanOrEqualTo(0.15);
    assertThat(score.confusion())
        .containsEntry("CPU", Map.of("CPU", 11))
        .containsEntry("NETWORK", Map.of("NETWORK", 7));
  }

  @Test
  void onlyTheMachinesThatSaturateAreIncidents() throws Exception {
    Trace trace = TraceReader.read(mapping("bitbrains"), data("bitbrains-rnd-2013-8"));
    List<Alarm> alarms = alarms(trace);
    Map<String, Long> byMachine =
        alarms.stream().collect(Collectors.groupingBy(Alarm::resource, Collectors.counting()));
    System.out.println("bitbrains " + byMachine + " " + trace.rejects());
    System.out.println("  static 80: " + Control.STATIC_80.alarms(trace, "cpu-percent").size());
    assertThat(byMachine).containsOnlyKeys("41", "61", "81");
    assertThat(alarms.size()).isBetween(10, 99);
  }

  /** What the rules that ship say of it, as incidents. */
  private static List<Alarm> alarms(Trace trace) {
    RuleSet rules =
        RuleSet.of(
            new RuleReader()
                .readTexts(BuiltInRules.texts()).rules().stream().map(LoadedRule::rule).toList());
    return new TraceBacktest(rules).run(trace, List.of(), 0).alarms();
  }

  private static void say(String name, Trace trace, Score score) {
    List<String> line = new ArrayList<>(List.of(name, score.line()));
    if (!name.startsWith(" ")) {
      line.add("rejects " + trace.rejects());
    }
    System.out.println(String.join(": ", line));
  }

  private static Path data(String name) {
    return Path.of(System.getenv("TOCSIN_TRACES"), name);
  }

  private static TraceMapping mapping(String name) throws Exception {
    return TraceMapping.read(Path.of("../deploy/traces", name + ".yaml"));
  }
}
