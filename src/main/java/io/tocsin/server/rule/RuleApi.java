package io.tocsin.server.rule;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.schemas.RuleText;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Bounded;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.HttpGuard;
import io.tocsin.server.http.Pages;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.incident.AlertView;
import io.tocsin.server.incident.Alerts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules to read. The shipped tests of a rule are run when somebody looks at it, and once per
 * version; its firings are those of the alerts that are remembered.
 */
public final class RuleApi implements Area, AutoCloseable {

  private static final Duration LONGEST_TESTS = Duration.ofSeconds(10);

  private final Rules rules;
  private final Alerts alerts;
  private final ReadRules read = new ReadRules();
  private final ShippedTests tests = new ShippedTests();
  private final Bounded running = new Bounded("shipped tests", 4, LONGEST_TESTS);

  /** From what is known of rules and of their alerts. */
  public RuleApi(Rules rules, Alerts alerts) {
    this.rules = rules;
    this.alerts = alerts;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/rules", Role.VIEWER)
            .does("rules", "Rules, and what became of each.")
            .answersMany(RuleView.class)
            .by(context -> context.json(rules.all())),
        Endpoint.get("/api/v1/rules/{name}", Role.VIEWER)
            .does("rules", "One rule with its defaults, its tests and its shadow's report.")
            .path("name", "the rule")
            .answers(RuleDetail.class)
            .by(this::rule),
        Endpoint.get("/api/v1/rules/{name}/firings", Role.VIEWER)
            .does("rules", "Alerts of a rule, newest first.")
            .path("name", "the rule")
            .answersPages(AlertView.class)
            .by(this::firings));
  }

  private void rule(Context context) throws RequestProblem {
    String name = context.pathParam("name");
    Optional<RuleView> found = rules.named(name);
    if (found.isEmpty()) {
      notThere(context);
      return;
    }
    Map<String, RuleText> texts = rules.texts();
    Optional<List<RuleDetail.Test>> ran =
        running.answer(
            context,
            () -> {
              List<Rule> inForce = read.of(texts.values());
              return tests.run(name, inForce);
            });
    if (ran.isEmpty()) {
      return; // told to come back
    }
    EffectiveRule effective =
        Optional.ofNullable(texts.get(name)).flatMap(read::of).map(EffectiveRule::of).orElse(null);
    context.json(RuleDetail.of(found.get(), effective, ran.get()));
  }

  private void firings(Context context) throws RequestProblem {
    String name = context.pathParam("name");
    List<AlertView> fired =
        alerts.all().stream().filter(alert -> alert.rule().equals(name)).toList();
    if (fired.isEmpty() && rules.named(name).isEmpty()) {
      notThere(context);
    } else {
      Pages.answer(context, fired, AlertView::id);
    }
  }

  static void notThere(Context context) {
    HttpGuard.problem(
        context, HttpStatus.NOT_FOUND, "no rule has this name; /api/v1/rules lists them");
  }

  @Override
  public void close() {
    running.close();
  }
}
