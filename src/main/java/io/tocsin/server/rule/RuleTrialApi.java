package io.tocsin.server.rule;

import io.javalin.http.Context;
import io.tocsin.alerting.replay.BacktestReport;
import io.tocsin.alerting.rules.LoadedRule;
import io.tocsin.alerting.rules.Rule;
import io.tocsin.alerting.rules.RuleReading;
import io.tocsin.alerting.rules.RuleSet;
import io.tocsin.server.access.Role;
import io.tocsin.server.http.Area;
import io.tocsin.server.http.Bounded;
import io.tocsin.server.http.Endpoint;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.incident.CommandApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules to try out: nothing of this is written anywhere, and all of it is bounded, because whoever
 * may look may do it. A body has 64 KiB at most.
 */
public final class RuleTrialApi implements Area, AutoCloseable {

  private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

  /** Below what a browser waits for, and what the server lets a connection rest. */
  private static final Duration LONGEST_BACKTEST = Duration.ofSeconds(25);

  private final Rules rules;
  private final Backtests backtests;
  private final Clock clock;
  private final ReadRules read = new ReadRules();
  private final Bounded checks = new Bounded("checks of rules", 2, LONGEST_CHECK);
  private final Bounded tests = new Bounded("tests of rules", 1, LONGEST_CHECK);
  private final Bounded replays = new Bounded("backtests", 1, LONGEST_BACKTEST);

  /** Beside the rules in force, on what {@code backtests} can read. */
  public RuleTrialApi(Rules rules, Backtests backtests, Clock clock) {
    this.rules = rules;
    this.backtests = backtests;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/v1/rules/check", Role.VIEWER)
            .does("rules", "Says all that is wrong with rules, each with line and column.")
            .takes(RuleBody.Text.class)
            .answers(RuleTrial.Check.class)
            .status(200)
            .by(this::check),
        Endpoint.post("/api/v1/rules/test", Role.VIEWER)
            .does("rules", "Runs tests of rules, by the code that judges in earnest.")
            .takes(RuleBody.Tests.class)
            .answers(RuleTrial.Outcome.class)
            .status(200)
            .by(this::test),
        Endpoint.post("/api/v1/rules/backtest", Role.VIEWER)
            .does("rules", "Tries rules on what was, for a day at most; one at a time.")
            .takes(RuleBody.Backtest.class)
            .answers(BacktestReport.class)
            .status(200)
            .by(this::backtest));
  }

  private void check(Context context) {
    CommandApi.handle(
        context,
        RuleBody.Text.class,
        body -> {
          String text = body.required();
          Set<String> inForce = rules.texts().keySet();
          checks.answer(context, () -> RuleTrial.check(text, inForce)).ifPresent(context::json);
        });
  }

  private void test(Context context) {
    CommandApi.handle(
        context,
        RuleBody.Tests.class,
        body -> {
          String text = body.required();
          tests
              .answer(
                  context,
                  () -> RuleTrial.test(body.rules(), text, read.of(rules.texts().values())))
              .ifPresent(context::json);
        });
  }

  private void backtest(Context context) {
    CommandApi.handle(
        context,
        RuleBody.Backtest.class,
        body -> {
          Instant now = clock.instant();
          Instant from = body.begin(now);
          replays
              .answer(context, () -> backtests.run(wanted(body.rules()), from, body.end(now)))
              .ifPresent(context::json);
        });
  }

  private RuleSet wanted(@Nullable String text) throws RequestProblem {
    if (text == null) {
      return RuleSet.of(read.of(rules.texts().values()));
    }
    RuleReading reading = RuleTrial.read(text, Set.of());
    if (!reading.isGood()) {
      throw new RequestProblem(
          reading.problems().stream().sorted().map(each -> each.toString()).toList());
    }
    List<Rule> good = reading.rules().stream().map(LoadedRule::rule).toList();
    return RuleSet.of(good);
  }

  @Override
  public void close() {
    checks.close();
    tests.close();
    replays.close();
  }
}
