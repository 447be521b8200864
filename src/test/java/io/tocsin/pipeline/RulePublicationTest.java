package io.tocsin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.RuleText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulePublicationTest {

  @Test
  void whatIsNewOrChangedIsWrittenAndWhatTheFilesNoLongerHaveGoes() {
    RulePublication.Changes changes =
        RulePublication.changes(
            Map.of(
                "same", rule("same", "1", "config"),
                "changed", rule("changed", "1", "config"),
                "gone", rule("gone", "1", "config")),
            List.of(
                rule("same", "1", "config"),
                rule("changed", "2", "config"),
                rule("new", "1", "config")));

    assertThat(changes.written()).extracting(RuleText::getName).containsExactly("changed", "new");
    assertThat(changes.removed()).containsExactly("gone");
    assertThat(changes.kept()).isEmpty();
  }

  @Test
  void whatAPersonAppliedStays() {
    RulePublication.Changes changes =
        RulePublication.changes(
            Map.of("busy", rule("busy", "2", "kim"), "own", rule("own", "1", "kim")),
            List.of(rule("busy", "1", "config")));

    assertThat(changes.written()).isEmpty();
    assertThat(changes.removed()).isEmpty();
    assertThat(changes.kept()).containsExactly("busy");
  }

  private static RuleText rule(String name, String version, String by) {
    return RuleText.newBuilder()
        .setName(name)
        .setVersion(version)
        .setText("name: " + name)
        .setFile("rules.yaml")
        .setLine(1)
        .setBy(by)
        .setAt(Instant.EPOCH)
        .build();
  }
}
