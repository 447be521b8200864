package io.tocsin.alerting.notify.route;

import static io.tocsin.alerting.notify.Notes.incident;
import static io.tocsin.alerting.notify.Notes.note;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.Notes;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.alerting.notify.config.RouteConfig;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteTreeTest {

  private static final Notification P0 = note("a", 1, NotificationKind.PAGE, Priority.P0);
  private static final Notification P2 = note("a", 1, NotificationKind.PAGE, Priority.P2);

  @Test
  void withChannelsAndNoRouteAllAreTold() {
    RouteTree tree = RouteTree.of(config(null, "chat", "pager"));
    assertThat(names(tree, P2)).containsExactly("chat", "pager");
    assertThat(tree.problems()).isEmpty();
  }

  @Test
  void theFirstBranchThatMatchesIsTakenAndNoOther() {
    RouteTree tree =
        tree(
            branch(Map.of("priority", "P0, P1"), false, "pager"),
            branch(Map.of("service", "shop"), false, "mail"));
    assertThat(names(tree, P0)).containsExactly("pager");
    assertThat(names(tree, P2)).containsExactly("mail");
  }

  @Test
  void afterContinueTheNextBranchesAreLookedAtToo() {
    RouteTree tree =
        tree(
            branch(Map.of("priority", "p0"), true, "pager"),
            branch(Map.of("resource", "endpoint/*"), false, "mail", "pager"),
            branch(Map.of(), false, "chat"));
    assertThat(names(tree, P0)).containsExactly("pager", "mail");
  }

  @Test
  void whereNoBranchMatchesTheChannelsAboveAreTold() {
    RouteTree tree = tree(branch(Map.of("service", "billing"), false, "mail"));
    assertThat(names(tree, P2)).containsExactly("chat");
    assertThat(tree.route(P2, Optional.empty()).get(0).path()).containsExactly("root");
  }

  @Test
  void aBranchTakesOverWhatItDoesNotSay() {
    RouteConfig inner = new RouteConfig(Map.of("kind", "page"), null, null, null, null);
    RouteConfig outer =
        new RouteConfig(
            Map.of("tier", "non-core", "label.team", "w*"),
            List.of("mail"),
            Duration.ofSeconds(30),
            null,
            List.of(inner));
    Target target = tree(outer).route(P2, Optional.of(incident("a"))).get(0);
    assertThat(target.channel()).isEqualTo("mail");
    assertThat(target.groupWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(target.path())
        .containsExactly(
            "root", "routes[0] (label.team: w* and tier: non-core)", "routes[0] (kind: page)");
  }

  @Test
  void whatIsNotKnownIsMatchedByAStarAlone() {
    RouteTree tree =
        tree(
            branch(Map.of("service", "shop"), false, "mail"),
            branch(Map.of("rule", "*"), false, "pager"));
    assertThat(tree.route(P2, Optional.empty()).get(0).channel()).isEqualTo("pager");
  }

  @Test
  void allProblemsAreToldAtOnceEachAtItsPlace() {
    NotificationConfig bad =
        new NotificationConfig(
            null,
            List.of(
                channel("chat", "pager"),
                channel("pager", "chat"),
                channel("chat", null),
                channel("mail", "mail"),
                channel("log", "nobody")),
            new RouteConfig(
                null,
                List.of("chat"),
                null,
                null,
                List.of(
                    branch(Map.of("priority", "P0,P1"), false, "ghost"),
                    branch(Map.of("priority", "P1", "service", "shop"), false, "mail"),
                    branch(Map.of("colour", "red", "label.", "x", "rule", " , "), false, "mail"))),
            null,
            null,
            null,
            null);
    assertThat(RouteTree.of(bad).problems())
        .extracting(RouteProblem::pointer)
        .containsExactlyInAnyOrder(
            "/channels/0/fallback",
            "/channels/1/fallback",
            "/channels/2/name",
            "/channels/3/fallback",
            "/channels/4/fallback",
            "/route/routes/0/channels/0",
            "/route/routes/1",
            "/route/routes/2/match/colour",
            "/route/routes/2/match/label.",
            "/route/routes/2/match/rule");
  }

  @Test
  void aBranchBehindOneThatSaysContinueIsInOrder() {
    assertThat(
            tree(branch(Map.of(), true, "pager"), branch(Map.of("level", "1"), false, "mail"))
                .problems())
        .isEmpty();
  }

  private static List<String> names(RouteTree tree, Notification notification) {
    return tree.route(notification, Optional.of(incident("a"))).stream()
        .map(Target::channel)
        .toList();
  }

  private static RouteTree tree(RouteConfig... branches) {
    return RouteTree.of(
        config(
            new RouteConfig(null, List.of("chat"), null, null, List.of(branches)),
            "chat",
            "pager",
            "mail"));
  }

  private static NotificationConfig config(RouteConfig route, String... channels) {
    return new NotificationConfig(
        null,
        List.of(channels).stream().map(name -> channel(name, null)).toList(),
        route,
        null,
        null,
        null,
        null);
  }

  private static ChannelConfig channel(String name, String fallback) {
    return new ChannelConfig(name, new Notes.NoSpec(), null, fallback, null, null, null, null);
  }

  private static RouteConfig branch(Map<String, String> match, boolean onward, String... channels) {
    return new RouteConfig(match, List.of(channels), null, onward, null);
  }
}
