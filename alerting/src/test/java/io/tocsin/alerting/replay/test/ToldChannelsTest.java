package io.tocsin.alerting.replay.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.Notes;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.config.RouteConfig;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToldChannelsTest {

  private static final List<Rule> RULES =
      new RuleReader()
          .readTexts(Map.of("r.yaml", "rules: [{name: down, signal: health}]")).rules().stream()
              .map(LoadedRule::rule)
              .toList();

  private static final String TESTS =
      """
      %s
      tests:
        - name: who is told
          rules: [down]
          resources:
            - {id: endpoint/a, service: shop, tier: core, interval: 1s}
          every: 1s
          input:
            - {signal: health, resource: endpoint/a, fields: {health: "UP DOWN DOWN DOWN"}}
          expect:
            - at: 3s
              incidents: [{rule: down, notified: [%s], not-notified: [%s]}]
      """;

  @Test
  void theRoutesOfTheNamedConfigurationSayWhoIsTold() {
    assertThat(failures("pager, chat", "mail")).isEmpty();
    assertThat(failures("mail", "pager"))
        .hasSize(2)
        .allMatch(line -> line.contains("of down on endpoint/a; told [chat, pager]"));
  }

  @Test
  void withoutAConfigurationNothingCanBeExpectedOfChannels() {
    assertThat(new RuleTestReader(RULES).read("t.yaml", TESTS.formatted("", "a", "b")).problems())
        .singleElement()
        .asString()
        .contains("write config: tocsin.yaml beside tests");
  }

  private static List<String> failures(String told, String notTold) {
    RuleTestFile file =
        new RuleTestReader(RULES)
            .read("t.yaml", TESTS.formatted("config: tocsin.yaml", told, notTold));
    assertThat(file.problems()).isEmpty();
    assertThat(file.config()).isEqualTo("tocsin.yaml");
    return new RuleTestRunner(RULES, routes()).run("t.yaml", file.tests().get(0));
  }

  private static RouteTree routes() {
    RouteConfig pager =
        new RouteConfig(Map.of("service", "shop"), List.of("pager"), null, true, null);
    RouteConfig chat = new RouteConfig(Map.of("kind", "page"), List.of("chat"), null, null, null);
    return RouteTree.of(
        new NotificationConfig(
            null,
            List.of("mail", "pager", "chat").stream()
                .map(name -> ChannelConfig.of(name, new Notes.NoSpec()))
                .toList(),
            new RouteConfig(null, List.of("mail"), null, null, List.of(pager, chat)),
            null,
            null,
            null,
            null));
  }
}
