package io.tocsin.alerting.healing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.Alert;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.TickingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/** A healer with everything round it in memory; actions run in the calling thread. */
final class Scene implements ActionExecutor {

  final TickingClock clock = new TickingClock();
  final MemoryLog log = new MemoryLog();
  final List<String> executions = new ArrayList<>();
  final List<String> undone = new ArrayList<>();
  SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HealingConfig config;
  private final Executor workers;
  private final Map<String, HealPlan> plans = new LinkedHashMap<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private TargetState state = TargetState.of("not looked at");
  private int exitCode;
  private Runnable during = () -> {};
  private Healer healer;

  Scene(HealingConfig config) {
    this(config, Runnable::run);
  }

  Scene(HealingConfig config, Executor workers) {
    this.config = config;
    this.workers = workers;
    start();
  }

  /** Begins, or begins again after a stop or crash, knowing what is on the topics only. */
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
            workers);
    healer.learn(
        new Feed.Batch(List.of(), List.of(), List.of(), commands, List.of(), resources),
        command -> true);
    healer.recover();
    healer.resume(List.copyOf(plans.values()));
    return this;
  }

  Scene exitCode(int code) {
    exitCode = code;
    return this;
  }

  /** What the executor sees. */
  Scene state(TargetState seen) {
    state = seen;
    return this;
  }

  /** Something that happens while an action runs. */
  Scene during(Runnable event) {
    during = event;
    return this;
  }

  Scene plan(HealPlan plan) {
    plans(List.of(plan));
    return tick();
  }

  Scene plans(List<HealPlan> several) {
    several.forEach(plan -> plans.put(plan.getId(), plan));
    healer.handle(Feed.Batch.of(List.of(), several));
    return this;
  }

  Scene probe(Health health) {
    return probe(Examples.probe(health, clock.instant()));
  }

  Scene probe(Probe probe) {
    return probes(List.of(probe));
  }

  Scene probes(List<Probe> probes) {
    healer.handle(Feed.Batch.of(probes, List.of()));
    return this;
  }

  Scene alert(Alert alert) {
    return batch(List.of(alert), List.of(), List.of(), Map.of());
  }

  Scene command(Command command) {
    commands.add(command);
    return batch(List.of(), List.of(command), List.of(), Map.of()).tick();
  }

  Scene silence(Silence silence) {
    return batch(List.of(), List.of(), List.of(silence), Map.of());
  }

  Scene resource(Resource resource) {
    resources.put(resource.getId(), resource);
    return batch(List.of(), List.of(), List.of(), Map.of(resource.getId(), resource));
  }

  private Scene batch(
      List<Alert> alerts,
      List<Command> said,
      List<Silence> silences,
      Map<String, Resource> inventory) {
    healer.handle(new Feed.Batch(List.of(), alerts, List.of(), said, silences, inventory));
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

  Healer healer() {
    return healer;
  }

  double count(String name, String reason) {
    return meters.counter(name, "reason", reason).count();
  }

  @Override
  public TargetState look(Order order) {
    return state;
  }

  @Override
  public ActionOutcome execute(Order order) {
    executions.add(order.action() + " " + order.targetId());
    during.run();
    clock.advance(Duration.ofMillis(20));
    return new ActionOutcome(
        exitCode == 0, OptionalInt.of(exitCode), "exit code " + exitCode, Duration.ofMillis(20));
  }

  @Override
  public Optional<ActionOutcome> compensate(Order order, TargetState before) {
    undone.add(order.targetId() + " " + before.facts());
    during.run();
    return Optional.of(
        new ActionOutcome(true, OptionalInt.empty(), "weight is 100 again", Duration.ZERO));
  }
}
