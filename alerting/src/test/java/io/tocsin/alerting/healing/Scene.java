package io.tocsin.alerting.healing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.TickingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A healer with everything round it in memory; actions run in the calling thread. */
final class Scene implements ActionExecutor {

  final TickingClock clock = new TickingClock();
  final MemoryLog log = new MemoryLog();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<String> executions = new ArrayList<>();
  private final HealingConfig config;
  private int exitCode;
  private Runnable during = () -> {};
  private Healer healer;

  Scene(HealingConfig config) {
    this.config = config;
    start();
  }

  /** Begins, or begins again after a stop or crash, knowing what is on the log only. */
  Scene start() {
    healer =
        new Healer(
            config,
            Ledger.of(log.results()),
            new ActionRun.Parts(
                log,
                Duration.ofMillis(50),
                OpenExecutors.of(config.actions(), this),
                0,
                clock,
                new HealingMetrics(meters)),
            Runnable::run);
    healer.recover();
    return this;
  }

  Scene exitCode(int code) {
    exitCode = code;
    return this;
  }

  /** Something that happens while an action runs. */
  Scene during(Runnable event) {
    during = event;
    return this;
  }

  Scene plan(HealPlan plan) {
    healer.handle(Feed.Batch.of(List.of(), List.of(plan)));
    return tick();
  }

  Scene probe(Health health) {
    return probe(Examples.probe(health, clock.instant()));
  }

  Scene probe(Probe probe) {
    healer.handle(Feed.Batch.of(List.of(probe), List.of()));
    return this;
  }

  Scene tick() {
    healer.handle(Feed.Batch.of(List.of(), List.of()));
    return this;
  }

  Scene pass(Duration time) {
    clock.advance(time);
    return tick();
  }

  boolean isSettled() {
    return healer.isSettled();
  }

  double count(String name, String reason) {
    return meters.counter(name, "reason", reason).count();
  }

  @Override
  public TargetState look(Order order) {
    return TargetState.of("not looked at");
  }

  @Override
  public ActionOutcome execute(Order order) {
    executions.add(order.action() + " " + order.targetId());
    during.run();
    clock.advance(Duration.ofMillis(20));
    return new ActionOutcome(
        exitCode == 0, OptionalInt.of(exitCode), "exit code " + exitCode, Duration.ofMillis(20));
  }
}
