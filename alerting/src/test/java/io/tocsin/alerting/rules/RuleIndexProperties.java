package io.tocsin.alerting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.signal.Fields;
import io.tocsin.alerting.signal.Observation;
import io.tocsin.alerting.signal.SignalKind;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The index finds what looking at every rule finds. */
class RuleIndexProperties {

  @Property(tries = 500)
  void theIndexFindsWhatLookingAtEveryRuleFinds(
      @ForAll @Size(max = 20) List<@From("selectors") Selector> selectors,
      @ForAll("observations") Observation observation) {
    List<Rule> rules = new ArrayList<>();
    for (Selector selector : selectors) {
      rules.add(rule("r" + rules.size(), SignalKind.values()[rules.size() % 2], selector));
    }
    assertThat(new RuleIndex(rules).matching(observation))
        .containsExactlyInAnyOrderElementsOf(
            rules.stream()
                .filter(rule -> rule.signal() == observation.kind())
                .filter(rule -> fits(rule.select(), observation))
                .toList());
  }

  @Example
  void tenThousandRulesOfOtherResourcesAndServicesAreNotLookedAt() {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rules.add(
          rule(
              "r" + i,
              SignalKind.HEALTH,
              new Selector(
                  List.of("endpoint/" + i), List.of(), List.of(), null, List.of(), Map.of())));
      rules.add(
          rule(
              "s" + i,
              SignalKind.HEALTH,
              new Selector(
                  List.of(), List.of(), List.of("service-" + i), null, List.of(), Map.of())));
    }
    Observation observation = observation("endpoint/7", "service-9", "", Map.of());
    RuleIndex index = new RuleIndex(rules);
    assertThat(index.matching(observation)).extracting(Rule::name).containsExactly("r7", "s9");
    assertThat(index.candidates(observation)).isEqualTo(2);
  }

  @Example
  void aHundredThousandValuesOfALabelLeaveTheIndexAsItWas() {
    Rule rule =
        rule(
            "r",
            SignalKind.EFFICIENCY,
            new Selector(List.of(), List.of(), List.of(), null, List.of(), Map.of("user", "4*2")));
    RuleIndex index = new RuleIndex(List.of(rule));
    int matched = 0;
    for (int i = 0; i < 100_000; i++) {
      Observation observation = observation("a", null, "", Map.of("user", Integer.toString(i)));
      matched += index.matching(observation).size();
      assertThat(index.candidates(observation)).isEqualTo(1);
    }
    assertThat(matched).isEqualTo(1_111);
  }

  @Provide
  Arbitrary<Selector> selectors() {
    Arbitrary<String> glob = Arbitraries.of("a", "b", "ab", "a*", "*", "*b", "a*b*");
    return Combinators.combine(
            glob.list().ofMaxSize(2),
            Arbitraries.of(ResourceKind.HOST, ResourceKind.VM).list().ofMaxSize(2),
            glob.list().ofMaxSize(2),
            Arbitraries.of(Tier.CORE, Tier.NON_CORE).injectNull(0.7),
            glob.list().ofMaxSize(2),
            Arbitraries.maps(Arbitraries.of("x", "y"), glob).ofMaxSize(1))
        .as(Selector::new);
  }

  @Provide
  Arbitrary<Observation> observations() {
    Arbitrary<String> name = Arbitraries.of("a", "b", "ab", "ba", "aab");
    return Combinators.combine(
            name,
            name.injectNull(0.3),
            name,
            Arbitraries.maps(Arbitraries.of("x", "y"), name).ofMaxSize(2))
        .as(RuleIndexProperties::observation);
  }

  private static Observation observation(
      String resource, String service, String series, Map<String, String> labels) {
    return Observation.of(
        resource.startsWith("endpoint") ? SignalKind.HEALTH : SignalKind.EFFICIENCY,
        resource,
        resource.length() > 1 ? ResourceKind.HOST : ResourceKind.VM,
        series,
        service,
        resource.startsWith("a") ? Tier.CORE : Tier.UNSPECIFIED,
        labels,
        Instant.EPOCH,
        Instant.EPOCH,
        0,
        Fields.NONE);
  }

  /** An independent reading of what a selector means. */
  private static boolean fits(Selector select, Observation it) {
    return (select.resources().isEmpty()
            || select.resources().stream().anyMatch(glob -> fits(glob, it.resourceId())))
        && (select.kinds().isEmpty() || select.kinds().contains(it.resourceKind()))
        && (select.services().isEmpty()
            || it.service() != null
                && select.services().stream().anyMatch(glob -> fits(glob, it.service())))
        && (select.tier() == null || select.tier() == it.tier())
        && (select.series().isEmpty()
            || select.series().stream().anyMatch(glob -> fits(glob, it.series())))
        && select.labels().entrySet().stream()
            .allMatch(
                label ->
                    it.labels().containsKey(label.getKey())
                        && fits(label.getValue(), it.labels().get(label.getKey())));
  }

  private static boolean fits(String glob, String text) {
    return text.matches(glob.replace("*", ".*"));
  }

  private static Rule rule(String name, SignalKind signal, Selector select) {
    return new Rule(
        name,
        "v",
        null,
        signal,
        select,
        new Derivation.None(),
        null,
        Duration.ZERO,
        null,
        Duration.ZERO,
        0,
        null,
        Layer.INFRASTRUCTURE,
        "",
        null,
        Map.of(),
        List.of());
  }
}
