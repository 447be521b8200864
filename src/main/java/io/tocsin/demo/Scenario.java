package io.tocsin.demo;

import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.config.Mode;
import io.tocsin.alerting.healing.config.Targets;
import io.tocsin.alerting.healing.config.Verify;
import io.tocsin.alerting.healing.execute.exec.ExecSpec;
import io.tocsin.collectors.health.HealthCheckConfig;
import io.tocsin.collectors.health.Target;
import io.tocsin.config.Config;
import io.tocsin.history.History;
import io.tocsin.pipeline.Pipeline;
import io.tocsin.schemas.Tier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service dies. What the pipeline does about it is noted, not helped along. */
public final class Scenario {

  /** Id of the endpoint that is killed. */
  public static final String ENDPOINT = "endpoint/shop";

  /** Time between two probes of it. */
  public static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

  /** The one rule: what the machine itself is short of meanwhile is no part of the story. */
  private static final String RULES =
      """
      rules:
        - name: service-down
          signal: health
          clear-for: 2s
          summary: "{resource} of {service} does not answer: {evidence}"
      """;

  private static final Duration STEP_LIMIT = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_MS = 50;

  private final Shop shop;
  private final Clock clock;

  /** A scenario with a shop. */
  public Scenario(Shop shop, Clock clock) {
    this.shop = shop;
    this.clock = clock;
  }

  /**
   * The configuration that an operator of the shop would write.
   *
   * @param ports of the pipeline
   */
  public Config config(Path dataDirectory, Config.Ports ports) throws IOException {
    HealthCheckConfig check =
        new HealthCheckConfig(
            "shop",
            "shop",
            Tier.CORE,
            PROBE_INTERVAL,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new Target.Http(URI.create(shop.healthUrl()), null, null, "ok"),
            null,
            null,
            null,
            null,
            null,
            null);
    Action restart =
        new Action(
            "restart-shop",
            new ExecSpec(shop.restartArgv(), null),
            Targets.of(ENDPOINT),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Verify.probes(1, Duration.ofSeconds(20)));
    return new Config(
        dataDirectory,
        null,
        ports,
        null,
        null,
        null,
        null,
        List.of(check),
        null,
        null,
        new Config.RuleSource("the demo's rules", RULES),
        HealingConfig.of(Mode.AUTO, List.of(restart)),
        null,
        null,
        null);
  }

  /**
   * Plays it on a running pipeline.
   *
   * @return what was seen; {@link Timeline#missing()} says what was not
   */
  public Timeline play(Pipeline pipeline) throws IOException, InterruptedException, SQLException {
    Timeline timeline = new Timeline();
    try (Witness witness = new Witness(pipeline.cluster(), ENDPOINT, timeline, clock)) {
      if (!await(witness::up)) {
        throw new IOException("no probe saw the demo service up; there is nothing to kill");
      }
      long pid = shop.kill();
      timeline.see(Step.KILLED, clock.instant(), "process " + pid);
      if (timeline.await(Step.RESOLVED, STEP_LIMIT.multipliedBy(2))) {
        awaitHistory(new History(pipeline.history()), witness.incidentId(), timeline);
      }
    }
    return timeline;
  }

  private void awaitHistory(History history, String incident, Timeline timeline)
      throws InterruptedException, SQLException {
    await(
        () -> {
          long incidents = history.incidentRows(incident, "RESOLVED");
          long healing = history.healingRows(incident);
          long windows = history.windowRows();
          boolean there = incidents == 1 && healing >= 3 && windows > 0;
          if (there) {
            timeline.see(
                Step.RECORDED,
                clock.instant(),
                incidents + " incident, " + healing + " healing steps, " + windows + " windows");
          }
          return there;
        });
  }

  private interface Condition {
    boolean holds() throws SQLException;
  }

  private static boolean await(Condition condition) throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + STEP_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (condition.holds()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
    return false;
  }
}
