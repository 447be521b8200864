package io.tocsin.cli;

import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.notify.route.Target;
import io.tocsin.config.Config;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.Layer;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import io.tocsin.schemas.Tier;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says who would be told. */
@Command(
    name = "route",
    description = "Says which channels a notification would go to, and by which branches.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:somebody is told", "1:nobody is", "3:the configuration cannot be used"},
    footer = {
      "",
      "Examples:",
      "  tocsin notify route --priority P1 --service shop -c my.yaml",
      "  tocsin notify route --kind escalation --level 1 --label team=web -c my.yaml"
    })
final class NotifyRouteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private JsonOption json;

  @Option(names = "--priority", defaultValue = "P2", paramLabel = "P0..P3")
  private Priority priority;

  @Option(names = "--kind", defaultValue = "PAGE", paramLabel = "KIND")
  private NotificationKind kind;

  @Option(names = "--level", defaultValue = "0", paramLabel = "N")
  private int level;

  @Option(names = "--service", defaultValue = "", paramLabel = "NAME")
  private String service;

  @Option(names = "--rule", defaultValue = "", paramLabel = "NAME")
  private String rule;

  @Option(names = "--resource", defaultValue = "", paramLabel = "ID")
  private String resource;

  @Option(names = "--tier", defaultValue = "UNSPECIFIED", paramLabel = "TIER")
  private Tier tier;

  @Option(names = "--layer", defaultValue = "UNSPECIFIED", paramLabel = "LAYER")
  private Layer layer;

  @Option(names = "--label", paramLabel = "NAME=VALUE")
  private Map<String, String> labels = Map.of();

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    NotificationConfig notifications = config.notifications();
    RouteTree tree = RouteTree.of(notifications);
    if (!tree.problems().isEmpty()) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          Terminal.lines(
              tree.problems().stream()
                  .map(one -> "notifications" + one.pointer() + ": " + one.message())
                  .toList()));
    }
    List<Target> targets = targets(tree);
    if (json.wanted()) {
      out.println(Json.text(targets));
    } else if (targets.isEmpty()) {
      out.println("nobody is told: no branch that matches names a channel");
    } else {
      for (Target target : targets) {
        String wait =
            target.groupWait().isZero()
                ? "at once"
                : "with others, after " + Terminal.span(target.groupWait());
        out.printf(
            "%-20s %s: %s%n",
            target.channel(), wait, Terminal.plain(String.join(" -> ", target.path())));
      }
    }
    return targets.isEmpty() ? 1 : 0;
  }

  private List<Target> targets(RouteTree tree) {
    Incident incident = SampleMessage.incident("sample", clock.instant());
    incident.setRule(rule);
    incident.setResourceId(resource);
    incident.setService(service.isEmpty() ? null : service);
    incident.setTier(tier);
    incident.setLayer(layer);
    incident.setPriority(priority);
    incident.setLabels(labels);
    Notification notification = SampleMessage.notification(incident, kind, clock.instant());
    notification.setLevel(level);
    return tree.route(notification, Optional.of(incident));
  }
}
