package io.tocsin.cli;

import io.tocsin.alerting.notify.channel.Message;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.render.MessageRenderer;
import io.tocsin.alerting.notify.render.Templates;
import io.tocsin.config.Config;
import io.tocsin.pipeline.PastIncidents;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.topic.Cluster;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the words that people would read. */
@Command(
    name = "render",
    description = {
      "Shows title and body that each channel would send, of an incident or of a made-up one.",
      "Sends nothing."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tocsin notify render -c my.yaml",
      "  tocsin notify render -c my.yaml --channel chat --kind resolved --incident ID",
      "  tocsin notify render --variables"
    })
final class NotifyRenderCommand implements Callable<Integer> {

  private static final String SAMPLE = "sample";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private JsonOption json;

  @Option(
      names = "--incident",
      defaultValue = SAMPLE,
      paramLabel = "ID",
      description = "An incident of the cluster. Default: a made-up one.")
  private String id;

  @Option(names = "--channel", paramLabel = "NAME", description = "This one alone.")
  private String channel;

  @Option(
      names = "--kind",
      defaultValue = "PAGE",
      paramLabel = "KIND",
      description = "page, raised, reminder, escalation, summary or resolved. Default: page.")
  private NotificationKind kind;

  @Option(names = "--variables", description = "List what templates may use, and end.")
  private boolean variables;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    if (variables) {
      listVariables(out);
      return 0;
    }
    Config config = options.load();
    List<ChannelConfig> channels =
        channel == null
            ? config.notifications().channels()
            : List.of(SampleMessage.channel(config, channel));
    if (channels.isEmpty()) {
      throw new CommandFailure(
          2, "the configuration has no notifications.channels; name a file with --config");
    }
    Incident incident = incident(config);
    Instant now = clock.instant();
    List<Map<String, Object>> all = new ArrayList<>();
    for (ChannelConfig one : channels) {
      Message message =
          new MessageRenderer(one, config.notifications().console())
              .render(
                  SampleMessage.delivery(
                      SampleMessage.notification(incident, kind, now), one.name(), now),
                  Optional.of(incident),
                  now);
      if (json.wanted()) {
        all.add(asTree(one, message));
      } else {
        print(one, message, out);
      }
    }
    if (json.wanted()) {
      out.println(Json.text(all));
    }
    return 0;
  }

  private static Map<String, Object> asTree(ChannelConfig channel, Message message) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("channel", channel.name());
    tree.put("kind", channel.via().kind());
    tree.put("dedupKey", message.dedupKey());
    tree.put("title", message.title());
    tree.put("body", message.body());
    tree.put("link", message.link());
    return tree;
  }

  private static void print(ChannelConfig channel, Message message, PrintWriter out) {
    out.printf("--- %s (%s)%n", channel.name(), channel.via().kind());
    out.println(Terminal.plain(message.title()));
    message.body().lines().map(Terminal::plain).forEach(line -> out.println("  " + line));
    out.println();
  }

  private void listVariables(PrintWriter out) {
    Map<String, String> all = new TreeMap<>(Templates.variables());
    if (json.wanted()) {
      out.println(Json.text(all));
    } else {
      all.forEach((name, meaning) -> out.printf("%-24s %s%n", name, meaning));
    }
  }

  private Incident incident(Config config) throws CommandFailure {
    if (id.equals(SAMPLE)) {
      return SampleMessage.incident("sample", clock.instant());
    }
    Cluster cluster = ClusterAddress.of(config);
    ClusterAddress.reach(cluster);
    Incident known = new PastIncidents(cluster).all().get(id);
    if (known == null) {
      throw new CommandFailure(2, "no incident has this id; tocsin incidents --all lists them");
    }
    return known;
  }
}
