package io.tocsin.alerting.healing.guard;

import static io.tocsin.alerting.healing.HealExamples.AUTO;
import static io.tocsin.alerting.healing.HealExamples.NOON;

import io.tocsin.alerting.healing.HealExamples;
import io.tocsin.alerting.healing.config.HealingConfig;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.fleet.Census;
import io.tocsin.alerting.healing.ledger.Ledger;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A situation in the making; as it begins, nothing speaks against the plan but a missing probe. */
final class Setting {

  final HealPlan plan;
  final List<HealResult> past = new ArrayList<>();
  HealingConfig config = AUTO;
  Known known = Known.nothing(AUTO);
  TargetState looked = TargetState.of("exited");
  Approval approval;
  Instant now = NOON;

  Setting() {
    this(HealExamples.plan("p"));
  }

  Setting(HealPlan plan) {
    this.plan = plan;
  }

  Setting config(HealingConfig other) {
    config = other;
    known = Known.nothing(other);
    return this;
  }

  Setting at(Instant time) {
    now = time;
    return this;
  }

  Setting past(HealResult... results) {
    return past(List.of(results));
  }

  Setting past(List<HealResult> results) {
    past.addAll(results);
    for (HealResult result : results) {
      known.trust().add(result);
    }
    return this;
  }

  Setting down() {
    return probe(HealExamples.SHOP, "agent-a", Health.DOWN, now);
  }

  Setting probe(String resource, String agent, Health health, Instant at) {
    return probe(HealExamples.probe(resource, agent, health, at));
  }

  Setting probe(Probe probe) {
    known.sightings().accept(probe, now);
    return this;
  }

  Setting resource(Resource resource) {
    known.fleet().put(resource.getId(), resource);
    return this;
  }

  Situation situation() {
    return new Situation(
        plan,
        config,
        Ledger.of(past),
        known,
        known.fleet().place(plan.getTargetId()),
        Census.of(known.sightings(), known.fleet(), config.targets(), now),
        looked,
        approval,
        now);
  }

  Judgement judge() {
    return GuardChain.decide(situation());
  }

  Decision decide() {
    return judge().decision();
  }
}
