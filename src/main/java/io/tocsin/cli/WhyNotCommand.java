package io.tocsin.cli;

import io.tocsin.alerting.replay.Recording;
import io.tocsin.alerting.replay.WhyNot;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.pipeline.RulePublication;
import io.tocsin.pipeline.TopicRecording;
import io.tocsin.schemas.RuleText;
import io.tocsin.schemas.topic.Cluster;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why a rule said nothing. */
@Command(
    name = "why-not",
    description = {
      "Why a rule said nothing of a resource at a time, or nobody was told: the one reason that",
      "decided, found by replaying what the topics still hold."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:told", "4:no answer"},
    footer = {
      "",
      "Examples:",
      "  tocsin why-not cpu-saturated host/web-1 2026-01-31T10:15:00Z",
      "  tocsin why-not service-down endpoint/shop now"
    })
final class WhyNotCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private JsonOption json;

  @Option(
      names = "--back",
      paramLabel = "DURATION",
      defaultValue = "15m",
      converter = SpanConverter.class,
      description = "How far to look back before the time (default: ${DEFAULT-VALUE}).")
  private Duration back;

  @Parameters(index = "0", paramLabel = "RULE", description = "Name of the rule.")
  private String rule;

  @Parameters(index = "1", paramLabel = "RESOURCE", description = "Id of the resource.")
  private String resource;

  @Parameters(index = "2", paramLabel = "TIME", description = "As 2026-01-31T10:15:00Z, or now.")
  private String time;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    Instant at = time.equals("now") ? clock.instant() : instant();
    Cluster cluster = ClusterAddress.of(config.load());
    ClusterAddress.reach(cluster);
    try {
      RuleSet rules = RuleSet.EMPTY;
      for (RuleText text : new RulePublication(cluster, clock).read().values()) {
        rules = rules.apply(text).rules();
      }
      // Records are written after what they tell of; all resources, as causes may lie elsewhere.
      Instant until = at.plus(Duration.ofSeconds(5));
      Recording recording = TopicRecording.read(cluster, at.minus(back), until, id -> true);
      WhyNot answer = WhyNot.of(rules, rule, resource, at, recording);
      if (json.wanted()) {
        out.println(Json.text(answer));
      } else {
        out.println(Terminal.plain(answer.reason()));
        answer.details().forEach(line -> out.println("  " + Terminal.plain(line)));
      }
      return 0;
    } catch (KafkaException away) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING,
          "the topics at " + cluster.bootstrapServers() + " cannot be read: " + away.getMessage(),
          away);
    }
  }

  private Instant instant() throws CommandFailure {
    try {
      return Instant.parse(time);
    } catch (DateTimeParseException bad) {
      throw new CommandFailure(
          2,
          "\"" + Terminal.plain(time) + "\" is no time: write it as 2026-01-31T10:15:00Z, or now");
    }
  }
}
