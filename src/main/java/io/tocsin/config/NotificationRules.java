package io.tocsin.config;

import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.render.Templates;
import io.tocsin.alerting.notify.route.RouteTree;
import io.tocsin.alerting.outbound.OutboundRules;
import java.util.List;

/** What a JSON schema cannot say of the block {@code notifications}. */
final class NotificationRules {

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  NotificationRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void check(NotificationConfig config) {
    RouteTree.of(config)
        .problems()
        .forEach(problem -> add("/notifications" + problem.pointer(), problem.message()));
    for (int i = 0; i < config.channels().size(); i++) {
      ChannelConfig channel = config.channels().get(i);
      for (String problem : Templates.problems(channel)) {
        int end = problem.indexOf(": ");
        add(
            "/notifications/channels/" + i + "/" + problem.substring(0, end),
            problem.substring(end + 2));
      }
    }
    try {
      OutboundRules.of(config.allowPrivate());
    } catch (IllegalArgumentException wrong) {
      add("/notifications/allow-private", wrong.getMessage());
    }
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
