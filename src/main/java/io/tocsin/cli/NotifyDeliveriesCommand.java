package io.tocsin.cli;

import io.tocsin.pipeline.PastIncidents;
import io.tocsin.schemas.Delivery;
import io.tocsin.schemas.DeliveryState;
import io.tocsin.schemas.exchange.TopicHistory;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what was told, or is to be. */
@Command(
    name = "deliveries",
    description = "What was told through which channel, or is to be; newest last.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Reads the topic of the configured cluster; without one, that of tocsin up here.",
      "",
      "Examples:",
      "  tocsin notify deliveries --incident ID",
      "  tocsin notify deliveries --state failed-temporary --json"
    })
final class NotifyDeliveriesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private JsonOption json;

  @Option(names = "--incident", paramLabel = "ID", description = "Of this incident alone.")
  private String incident;

  @Option(names = "--channel", paramLabel = "NAME", description = "Through this channel alone.")
  private String channel;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "pending, sent, failed-temporary, failed-permanent, digested or superseded alone.")
  private String state;

  @Option(
      names = "--last",
      defaultValue = "100",
      paramLabel = "N",
      description = "The newest so many. Default: ${DEFAULT-VALUE}.")
  private int last;

  @Override
  public Integer call() throws CommandFailure {
    DeliveryState wanted = wantedState();
    Cluster cluster = ClusterAddress.of(options.load());
    ClusterAddress.reach(cluster);
    List<Delivery> found =
        newest(cluster).values().stream()
            .filter(one -> incident == null || of(one).equals(incident))
            .filter(one -> channel == null || one.getChannel().equals(channel))
            .filter(one -> wanted == null || one.getState() == wanted)
            .sorted(Comparator.comparing(Delivery::getAt))
            .toList();
    List<Delivery> shown =
        found.subList(Math.max(0, found.size() - Math.max(0, last)), found.size());
    print(shown, found.size());
    return 0;
  }

  private void print(List<Delivery> shown, int found) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(Json.text(shown.stream().map(NotifyDeliveriesCommand::asTree).toList()));
      return;
    }
    if (shown.isEmpty()) {
      out.println("there is no such delivery");
      return;
    }
    String row = "%-24s %-16s %-17s %5s %-10s %-22s %s%n";
    out.printf(row, "AT", "CHANNEL", "STATE", "TRIES", "KIND", "INCIDENT", "REASON");
    for (Delivery one : shown) {
      out.printf(
          row,
          one.getAt(),
          Terminal.plain(one.getChannel()),
          word(one.getState()),
          one.getAttempts(),
          one.getNotification().getKind(),
          Terminal.plain(of(one)),
          Terminal.plain(one.getReason()));
    }
    if (shown.size() < found) {
      out.printf("%d older ones are not shown; --last shows more%n", found - shown.size());
    }
  }

  private DeliveryState wantedState() throws CommandFailure {
    if (state == null) {
      return null;
    }
    try {
      return DeliveryState.valueOf(state.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException unknown) {
      throw new CommandFailure(
          2,
          "there is no state "
              + Terminal.plain(state)
              + "; there are pending, sent, delivered, failed-temporary, failed-permanent,"
              + " digested and superseded",
          unknown);
    }
  }

  private static String word(DeliveryState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String of(Delivery delivery) {
    return delivery.getNotification().getIncidentId();
  }

  private static Map<String, Delivery> newest(Cluster cluster) {
    Map<String, Delivery> newest = new HashMap<>();
    try (TopicHistory history = new TopicHistory(cluster, Set.of(Topics.DELIVERIES))) {
      history.read(
          null,
          PastIncidents.FAR,
          received ->
              received
                  .as(Topics.DELIVERIES)
                  .ifPresent(delivery -> newest.put(delivery.getId(), delivery)));
    }
    return newest;
  }

  private static Map<String, Object> asTree(Delivery one) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", one.getId());
    tree.put("channel", one.getChannel());
    tree.put("state", word(one.getState()));
    tree.put("reason", one.getReason());
    tree.put("attempts", one.getAttempts());
    tree.put("incident", of(one));
    tree.put("kind", one.getNotification().getKind().name());
    tree.put("priority", one.getNotification().getPriority().name());
    tree.put("summary", one.getNotification().getSummary());
    tree.put("dedupKey", one.getDedupKey());
    tree.put("createdAt", one.getCreatedAt());
    tree.put("at", one.getAt());
    tree.put("nextAttemptAt", one.getNextAttemptAt());
    tree.put("receipt", one.getReceipt());
    tree.put("fallbackFor", one.getFallbackFor());
    return tree;
  }
}
