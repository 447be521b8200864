package io.tocsin.streams.policy;

import io.tocsin.schemas.SecurityEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The policies in force.
 *
 * <p>Enabled policies are asked in the order of their number, then of their id; their rules in the
 * order given. The first ALLOW or DENY that matches decides. An AUDIT that matches is recorded and
 * the search goes on. What nobody decides is denied. Without any enabled policy nothing is judged.
 *
 * <p>Where a condition fails on an event the rule counts against whoever acted: an ALLOW does not
 * match, a DENY and an AUDIT do.
 */
public final class PolicySet {

  private final List<CompiledPolicy> policies;
  private final DefaultSeverities severities;

  /** These policies, whatever the order they come in. */
  public PolicySet(Collection<CompiledPolicy> policies, DefaultSeverities severities) {
    this.policies =
        policies.stream()
            .filter(compiled -> compiled.policy().getEnabled())
            .sorted(
                Comparator.comparingInt((CompiledPolicy each) -> each.policy().getOrder())
                    .thenComparing(each -> each.policy().getId()))
            .toList();
    this.severities = severities;
  }

  /** How many are enabled. */
  public int size() {
    return policies.size();
  }

  /** What they say of an event. */
  public Judgement judge(SecurityEvent event) {
    if (!Actions.isJudged(event)) {
      return notJudged(
          Decision.Why.NO_ACTION,
          event.getAction() + " of " + event.getSource() + " is nothing that somebody did");
    }
    if (policies.isEmpty()) {
      return notJudged(Decision.Why.NO_POLICY, "no policy is enabled");
    }
    Search search = new Search(event, severities);
    Map<String, Object> fields = Conditions.fields(event);
    for (CompiledPolicy policy : policies) {
      for (CompiledPolicy.CompiledRule rule : policy.rules()) {
        if (search.ends(policy.policy(), rule, rule.of(event, fields))) {
          return search.judgement();
        }
      }
    }
    return search.undecided(policies.size());
  }

  private static Judgement notJudged(Decision.Why why, String reason) {
    return new Judgement(new Decision.NotJudged(why, reason), List.of(), List.of(), 0);
  }
}
