package io.tocsin.bench;

import io.tocsin.alerting.job.AlertingConfig;
import io.tocsin.alerting.job.AlertingJob;
import io.tocsin.alerting.rules.RuleReader;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.embedded.DataDirectory;
import io.tocsin.embedded.EmbeddedFlink;
import io.tocsin.embedded.PartFailure;
import io.tocsin.pipeline.RulePublication;
import io.tocsin.schemas.RuleText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The alerting job as {@code tocsin alerting} runs it, with the rules of {@link #RULES} in its
 * directory. Commands: {@code profile} begins a flight recording, {@code dump FILE} ends it, {@code
 * lag} asks how far behind its readers were.
 */
public final class AlertingPart {

  /** File of the rules, in the part's directory. */
  public static final String RULES = "rules.yaml";

  /** Its name among Flink's jobs. */
  private static final String JOB = "bench-alerting";

  private static final int PARALLELISM = 1;

  /** Kafka's own figures of each reader, see https://kafka.apache.org/documentation/#monitoring. */
  private static final String READERS =
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=tocsin-alerting-*";

  private final Part.Place place;
  private final Boss boss;
  private final Clock clock;
  private final Flight flight = new Flight();

  AlertingPart(Part.Place place, Boss boss, Clock clock) {
    this.place = place;
    this.boss = boss;
    this.clock = clock;
  }

  void run() throws PartFailure, InterruptedException {
    AlertingConfig config = new AlertingConfig(rules(place.directory().resolve(RULES)), List.of());
    new RulePublication(place.cluster(), clock).publish(config.rules());
    DataDirectory data = new DataDirectory(place.directory().resolve("data"));
    try {
      data.create();
    } catch (IOException unusable) {
      throw new BenchFailure(data.root() + " cannot be used: " + unusable.getMessage(), unusable);
    }
    try (EmbeddedFlink flink = new EmbeddedFlink(data, PARALLELISM)) {
      flink.start();
      flink.submit(
          JOB,
          AlertingJob.settings(PARALLELISM),
          env -> AlertingJob.define(env, place.cluster(), config, clock));
      boss.say("ready", config.rules().size() + " rules");
      for (Optional<String> next = boss.command(); next.isPresent(); next = boss.command()) {
        obey(next.get());
      }
    }
  }

  private List<RuleText> rules(Path file) {
    RuleReading reading = new RuleReader().read(List.of(file));
    if (!reading.isGood()) {
      throw new BenchFailure(reading.problems().get(0).toString());
    }
    return reading.rules().stream()
        .map(rule -> rule.asText(RulePublication.BY_CONFIG, clock.instant()))
        .toList();
  }

  private void obey(String command) {
    try {
      if (!flight.obeys(command, boss)) {
        boss.say("lag", mostLag());
      }
    } catch (IOException | ParseException | JMException failed) {
      boss.say("failed", failed);
    }
  }

  /** Most records that any partition of any reader was behind, lately. */
  private static long mostLag() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    double most = 0;
    for (ObjectName reader : beans.queryNames(new ObjectName(READERS), null)) {
      Object lag = beans.getAttribute(reader, "records-lag-max");
      if (lag instanceof Double records && records > most) { // not a number before the first fetch
        most = records;
      }
    }
    return Math.round(most);
  }
}
