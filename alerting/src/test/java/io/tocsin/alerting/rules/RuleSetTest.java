package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.RuleText;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSetTest {

  private static RuleText text(String name, String body) {
    return RuleText.newBuilder()
        .setName(name)
        .setVersion("sent")
        .setText("name: " + name + "\n" + body + "\n")
        .setFile("r.yaml")
        .setLine(40)
        .setBy("config")
        .setAt(Instant.EPOCH)
        .build();
  }

  private static RuleSet with(RuleSet rules, String name, String body) {
    RuleSet.Change change = rules.apply(text(name, body));
    assertThat(change).isInstanceOf(RuleSet.Change.Accepted.class);
    return change.rules();
  }

  @Test
  void aBadTextIsRefusedAndTheOldRuleStays() {
    RuleSet rules = with(RuleSet.EMPTY, "a", "signal: health");
    RuleSet.Change change = rules.apply(text("a", "signal: health\nwhen: upp"));
    assertThat(change.rules()).isSameAs(rules);
    assertThat(((RuleSet.Change.Refused) change).problems())
        .extracting(Object::toString)
        .containsExactly("r.yaml:42:7: when: there is no field upp here");
    assertThat(change.rules().byName("a").orElseThrow().when().text()).isEqualTo("!up");
  }

  @Test
  void theSameRuleAgainChangesNothing() {
    RuleSet rules = with(RuleSet.EMPTY, "a", "signal: health\nfor: 1s");
    RuleSet.Change change = rules.apply(text("a", "for:   1s # as before\nsignal: 'health'"));
    assertThat(((RuleSet.Change.Accepted) change).isSame()).isTrue();
    assertThat(change.rules()).isSameAs(rules);
    RuleSet.Change other = rules.apply(text("a", "signal: health\nfor: 2s"));
    assertThat(((RuleSet.Change.Accepted) other).isSame()).isFalse();
    assertThat(((RuleSet.Change.Accepted) other).before()).isEqualTo(rules.byName("a").get());
  }

  @Test
  void aChangeLeavesTheSetItCameFromAsItWas() {
    RuleSet one = with(RuleSet.EMPTY, "a", "signal: health");
    RuleSet two = with(one, "b", "signal: bottleneck");
    RuleSet three = two.remove("a");
    assertThat(one.all()).extracting(Rule::name).containsExactly("a");
    assertThat(two.all()).extracting(Rule::name).containsExactly("a", "b");
    assertThat(three.all()).extracting(Rule::name).containsExactly("b");
    assertThat(three.remove("a")).isSameAs(three);
  }

  @Test
  void rulesAreFoundByWhatTheyListenTo() {
    RuleSet rules = with(RuleSet.EMPTY, "down", "signal: health");
    rules = with(rules, "short", "signal: bottleneck");
    rules = with(rules, "silent", "absence: {intervals: 2}");
    rules = with(rules, "edge", "signal: latency\ndifference: {field: p99_ms}\nwhen: score > 9");
    rules = with(rules, "chain", "signal: latency\nsequence: {steps: [short, down], within: 5m}");
    assertThat(rules.bySignal(SignalKind.HEALTH)).extracting(Rule::name).containsExactly("down");
    assertThat(rules.absences()).extracting(Rule::name).containsExactly("silent");
    assertThat(rules.differences()).extracting(Rule::name).containsExactly("edge");
    assertThat(rules.bySignal(SignalKind.LATENCY)).extracting(Rule::name).containsExactly("edge");
    assertThat(rules.sequences()).extracting(Rule::name).containsExactly("chain");
    assertThat(rules.sequencesOf("short")).extracting(Rule::name).containsExactly("chain");
    assertThat(rules.sequencesOf("edge")).isEqualTo(List.of());
  }

  @Test
  void linksAndDisksAreOnlyNeededWhereARuleLooksAtThem() {
    RuleSet rules = with(RuleSet.EMPTY, "a", "signal: throughput\nwhen: final");
    assertThat(rules.needsThroughputParts()).isFalse();
    rules = with(rules, "b", "signal: throughput\nwhen: final\nselect: {series: link/*}");
    assertThat(rules.needsThroughputParts()).isTrue();
  }
}
