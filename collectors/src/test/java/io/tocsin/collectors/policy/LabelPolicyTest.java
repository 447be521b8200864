package io.tocsin.collectors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LabelPolicyTest {

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Tally tally = (what, reason) -> counts.merge(reason, 1, Integer::sum);
  private final LabelPolicy policy = new LabelPolicy(PolicyConfig.DEFAULT);

  private static LabelPolicy globs(List<String> keep, List<String> drop) {
    return new LabelPolicy(
        new PolicyConfig(null, null, null, null, null, null, null, null, keep, drop, null));
  }

  @Test
  void labelsThatAreFineAreHandedBackAsTheyAre() {
    Map<String, String> labels = Map.of("team", "shop", "größe", "小");

    assertThat(policy.apply(labels, tally)).isSameAs(labels);
    assertThat(counts).isEmpty();
  }

  @Test
  void eachFaultIsMendedAndCountedUnderItsReason() {
    Map<String, String> labels = new HashMap<>();
    labels.put("", "nameless");
    labels.put("__overflow__", "forged");
    labels.put("control", "a\nb\u001Bc");
    labels.put("half", "\uD83D");
    labels.put("turned", "a\u202Eb");
    labels.put("n".repeat(129), "x");
    labels.put("long", "ü".repeat(600));

    assertThat(policy.apply(labels, tally))
        .isEqualTo(
            Map.of(
                "control",
                "a\uFFFDb\uFFFDc",
                "half",
                "\uFFFD",
                "turned",
                "a\uFFFDb",
                "n".repeat(128),
                "x",
                "long",
                "ü".repeat(512)));
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "empty", 1, "reserved", 1, "characters", 3, "name-length", 1, "value-length", 1));
  }

  @Test
  void aNameThatCannotBeToldFromAnotherOnceItIsCleanGoes() {
    Map<String, String> labels = Map.of("a\u0001", "first", "a\u0002", "second");

    assertThat(policy.apply(labels, tally)).isEqualTo(Map.of("a\uFFFD", "first"));
    assertThat(counts).isEqualTo(Map.of("characters", 2, "collision", 1));
  }

  @Test
  void ofTooManyLabelsTheFirstByNameStay() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 10; i < 60; i++) {
      labels.put("label-" + i, "x");
    }

    assertThat(policy.apply(labels, tally)).hasSize(40).containsKey("label-49");
    assertThat(counts).isEqualTo(Map.of("count", 10));
  }

  @Test
  void ofTooMuchTextWhatFitsStays() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      labels.put("l" + i, "x".repeat(1_000));
    }
    labels.put("z", "small");

    assertThat(policy.apply(labels, tally)).containsOnlyKeys("l0", "l1", "l2", "l3", "z");
    assertThat(counts).isEqualTo(Map.of("size", 1));
  }

  @Test
  void globsSayWhichNamesAreWanted() {
    Map<String, String> labels = Map.of("app", "a", "app.version", "1", "pod", "x", "a?b", "y");

    assertThat(globs(List.of("app*"), List.of("*.version")).apply(labels, tally))
        .isEqualTo(Map.of("app", "a"));
    assertThat(globs(List.of(), List.of("po?")).apply(labels, tally)).doesNotContainKey("pod");
    assertThat(globs(List.of(), List.of("a.p")).apply(labels, tally))
        .as("a dot is a dot")
        .isSameAs(labels);
    assertThat(globs(List.of(), List.of("")).apply(labels, tally)).isSameAs(labels);
  }

  @Property(tries = 300)
  void whateverComesInIsWithinBoundsAndPrintable(
      @ForAll @Size(max = 60) Map<String, String> labels,
      @ForAll @IntRange(min = 1, max = 3_000) int times) {
    Map<String, String> wild = new HashMap<>(labels);
    labels.forEach((name, value) -> wild.put(value, name.repeat(Math.min(times, 50))));

    Map<String, String> kept = policy.apply(wild, tally);

    assertThat(kept).hasSizeLessThanOrEqualTo(40);
    int size = 0;
    for (Map.Entry<String, String> label : kept.entrySet()) {
      int value = label.getValue().getBytes(StandardCharsets.UTF_8).length;
      size += label.getKey().getBytes(StandardCharsets.UTF_8).length + value;
      assertThat(label.getKey()).isNotBlank().hasSizeLessThanOrEqualTo(128).doesNotStartWith("__");
      assertThat(value).isLessThanOrEqualTo(1_024);
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(label.getValue())).isTrue();
      assertThat((label.getKey() + label.getValue()).chars().noneMatch(Character::isISOControl))
          .isTrue();
    }
    assertThat(size).isLessThanOrEqualTo(4_096);
    assertThat(policy.apply(kept, tally)).as("doing it again changes nothing").isSameAs(kept);
  }
}
