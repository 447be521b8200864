package io.tocsin.pipeline;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.incidents.HealPolicy;
import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.job.AlertingConfig.AllowedAction;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.collectors.agent.AgentConfig;
import io.tocsin.config.Config;
import io.tocsin.config.RuleSources;
import io.tocsin.embedded.Ports;
import io.tocsin.history.Pricing;
import io.tocsin.streams.bottleneck.BottleneckSettings;
import io.tocsin.streams.bottleneck.CatalogueException;
import io.tocsin.streams.bottleneck.TuningCatalogue;
import io.tocsin.streams.policy.PolicySettings;
import io.tocsin.streams.topology.StreamsSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each stage is told, out of the one configuration file that people write. */
final class StageSettings {

  /** How long a plan may wait for the responder; one that is older speaks of another situation. */
  private static final Duration PLAN_VALIDITY = Duration.ofMinutes(1);

  /** Room for the responder's own work around an action and its verification. */
  private static final Duration OUTCOME_MARGIN = Duration.ofSeconds(30);

  private final AgentConfig agent;
  private final AlertingConfig alerting;
  private final HealingConfig healing;
  private final StreamsSettings streams;
  private final Optional<Pricing> pricing;

  /**
   * Asks every stage whether it can use what it is told.
   *
   * @throws IllegalArgumentException in the words of the first stage that cannot
   */
  StageSettings(Config config, Clock clock) {
    this.agent = AgentSettings.beside(config, clock);
    this.alerting = alerting(config, clock, PlanSignatures.privateKey(config));
    this.healing = config.healing();
    this.streams = streams(config, StreamsSettings.embedded());
    this.pricing = HistoryPrices.of(config);
  }

  AgentConfig agent() {
    return agent;
  }

  AlertingConfig alerting() {
    return alerting;
  }

  HealingConfig healing() {
    return healing;
  }

  StreamsSettings streams() {
    return streams;
  }

  /** What resources cost; empty if nobody asks. */
  Optional<Pricing> pricing() {
    return pricing;
  }

  /** Settings that compute what a configuration says. */
  static StreamsSettings streams(Config config, StreamsSettings usual) {
    PolicySettings policy = usual.policy();
    return usual
        .withBottlenecks(bottlenecks(config))
        .withPolicy(
            new PolicySettings(
                config.streams().policy().table(), policy.images(), policy.events()));
  }

  static Ports ports(Config config) {
    Config.Ports ports = config.ports();
    return new Ports(
        ports.kafka(),
        ports.kafkaController(),
        ports.registry(),
        ports.questdbHttp(),
        ports.questdbPg(),
        ports.api());
  }

  private static BottleneckSettings bottlenecks(Config config) {
    Path catalogue = config.streams().bottlenecks().catalogue();
    TuningCatalogue builtIn = TuningCatalogue.builtIn();
    try {
      return new BottleneckSettings(
          config.streams().bottlenecks().rules(),
          catalogue == null ? builtIn : builtIn.with(catalogue));
    } catch (CatalogueException refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  /**
   * What the alerting job is told where it runs alone; it signs plans if the configuration names a
   * key.
   *
   * @throws IllegalArgumentException with all that is wrong with the rules
   */
  static AlertingConfig alerting(Config config, Clock clock) {
    return alerting(config, clock, config.healing().signing().privateKey());
  }

  private static AlertingConfig alerting(Config config, Clock clock, Path signingKey) {
    RuleReading reading = RuleSources.read(config);
    if (!reading.isGood()) {
      throw new IllegalArgumentException(
          reading.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
    }
    return new AlertingConfig(
        reading.rules().stream()
            .map(rule -> rule.asText(RulePublication.BY_CONFIG, clock.instant()))
            .toList(),
        config.healing().actions().stream()
            .map(action -> allowed(action, config.healing()))
            .toList(),
        config.healing().ladders(),
        config.notifications().healingFirst()
            ? config.notifications().healingFirstAtMost()
            : Duration.ZERO,
        signingKey == null ? null : signingKey.toAbsolutePath().toString());
  }

  private static AllowedAction allowed(Action action, HealingConfig healing) {
    Duration validity = PLAN_VALIDITY.plus(action.after()).plus(healing.blastRadius().waitFor());
    return new AllowedAction(
        action.name(),
        List.copyOf(action.targets().ids()),
        new HealPolicy(
            action.maxAttempts(),
            action.cooldown(),
            validity,
            // Undoing it takes as long as doing it.
            action.timeout().multipliedBy(2).plus(action.verify().within()).plus(OUTCOME_MARGIN),
            healing.approvalWithin()));
  }
}
