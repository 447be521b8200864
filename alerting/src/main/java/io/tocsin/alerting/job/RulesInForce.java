package io.tocsin.alerting.job;

import io.tocsin.alerting.evaluate.RuleSource;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.yaml.Problem;
import io.tocsin.schemas.RuleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of one task: those that the job was made with, and what their topic has said since. The
 * topic has one partition and one reader, so that all tasks hear the same in the same order.
 */
final class RulesInForce implements RuleSource {

  /** By name, the newest word of the topic; an empty text where it removed an initial rule. */
  static final MapStateDescriptor<String, RuleText> STATE =
      new MapStateDescriptor<>("rules", Types.STRING, new AvroTypeInfo<>(RuleText.class));

  private static final Logger LOG = LoggerFactory.getLogger(RulesInForce.class);

  private final Map<String, RuleText> initial;
  private RuleSet set;
  private List<Rule> shadows = List.of();

  RulesInForce(List<RuleText> initial) {
    this.initial = new LinkedHashMap<>();
    initial.forEach(text -> this.initial.put(text.getName(), text));
  }

  /** What came of a change. */
  record Taken(boolean isChange, List<Problem> problems) {}

  /** Brings back what the state has, once after a start. */
  void restore(ReadOnlyBroadcastState<String, RuleText> state) throws Exception {
    if (set != null) {
      return;
    }
    Map<String, RuleText> texts = new LinkedHashMap<>(initial);
    state.immutableEntries().forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
    List<Rule> rules = new ArrayList<>();
    for (RuleText text : texts.values()) {
      if (!text.getText().isEmpty()) {
        read(text).ifPresent(rules::add);
      }
    }
    use(RuleSet.of(rules));
  }

  /** It could be read when it was taken; a newer release may think otherwise. */
  private static Optional<Rule> read(RuleText text) {
    RuleReading reading = new RuleReader().read(text);
    if (reading.isGood()) {
      return Optional.of(reading.rules().get(0).rule());
    }
    LOG.error("rule {} is no longer in force: {}", text.getName(), reading.problems());
    return Optional.empty();
  }

  private void use(RuleSet rules) {
    set = rules;
    shadows = rules.all().stream().filter(Rule::isShadow).toList();
  }

  /** Takes the newest word of a rule; null if it was removed. A refused one changes nothing. */
  Taken take(String name, RuleText text, BroadcastState<String, RuleText> state) throws Exception {
    if (text == null) {
      if (initial.containsKey(name)) {
        state.put(name, removal(name));
      } else {
        state.remove(name);
      }
      boolean known = set.byName(name).isPresent();
      use(set.remove(name));
      return new Taken(known, List.of());
    }
    RuleSet.Change change = set.apply(text);
    if (change instanceof RuleSet.Change.Refused refused) {
      return new Taken(false, refused.problems());
    }
    use(change.rules());
    state.put(name, text);
    return new Taken(!((RuleSet.Change.Accepted) change).isSame(), List.of());
  }

  RuleSet set() {
    return set;
  }

  /** Those that only run to be compared. */
  List<Rule> shadows() {
    return shadows;
  }

  @Override
  public Iterable<Rule> matching(Observation seen) {
    return set.matching(seen);
  }

  @Override
  public Rule byName(String name) {
    return set.byName(name).orElse(null);
  }

  private static RuleText removal(String name) {
    return RuleText.newBuilder()
        .setName(name)
        .setVersion("")
        .setText("")
        .setFile("")
        .setLine(0)
        .setBy("")
        .setAt(Instant.EPOCH)
        .build();
  }
}
