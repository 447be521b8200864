package io.tocsin.alerting.healing.trust;

import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How often an action has helped, by rule, action and class of target, from heal results alone. It
 * loses trust once the upper bound of {@link Wilson Wilson's interval} is below the limit: the
 * upper one, so that what is new is trusted, and what has failed has to have failed often enough.
 * VERIFIED is a success; FAILED, NOT_VERIFIED and UNKNOWN are none; a refusal is no try. Not
 * thread-safe.
 */
public final class Trust {

  /**
   * Fewer tries prove nothing. The interval takes the normal distribution for the binomial one;
   * after a single failure it would be 95 % sure of what has a chance of one in five. From four on
   * the two agree well enough.
   */
  static final int LEAST_TRIES = 4;

  /** The newest tries of a rule and action that count; what an action was like long ago is over. */
  static final int MOST_TRIES = 500;

  /** How one action stands. */
  public record Standing(
      String key, int tries, int helped, double upper, boolean isTrusted, Instant promotedAt) {}

  private record Try(String planId, String targetId, boolean helped, Instant at) {}

  private record Kind(String rule, String action) {}

  private final double below;
  private final UnaryOperator<String> targetClass;
  private final Map<Kind, Deque<Try>> tries = new HashMap<>();
  private final Map<String, Instant> promotions = new HashMap<>();
  private final Set<String> counted = new HashSet<>();

  /**
   * Trust without experience.
   *
   * @param below share of tries that have to help, from 0 to 1
   * @param targetClass the class of a target by its id
   */
  public Trust(double below, UnaryOperator<String> targetClass) {
    this.below = below;
    this.targetClass = targetClass;
  }

  /** Whether a result says of a try whether it helped. */
  public static boolean counts(HealResult result) {
    return switch (result.getOutcome()) {
      case VERIFIED, REVERTED, FAILED, NOT_VERIFIED, UNKNOWN -> true;
      case INTENT, EXECUTED, REFUSED, AWAITING_APPROVAL, COMPENSATING -> false;
    };
  }

  /** Enters a result; one that is not an end, or is known, changes nothing. */
  public void add(HealResult result) {
    if (!counts(result) || !counted.add(result.getPlanId())) {
      return;
    }
    // What was put back had helped before; after a restart that is all that is known of it.
    boolean helped =
        result.getOutcome() == HealOutcome.VERIFIED || result.getOutcome() == HealOutcome.REVERTED;
    Deque<Try> known =
        tries.computeIfAbsent(
            new Kind(result.getRule(), result.getAction()), kind -> new ArrayDeque<>());
    known.add(new Try(result.getPlanId(), result.getTargetId(), helped, result.getAt()));
    if (known.size() > MOST_TRIES) {
      // Its id stays known: a result read again must not come to count as new.
      known.remove();
    }
  }

  /** A person trusts it again: what was before does not count any more. */
  public void promote(String key, Instant at) {
    promotions.merge(key, at, (known, next) -> next.isAfter(known) ? next : known);
  }

  /** What a person has to say to mean it: {@code <rule>/<action>/<class of target>}. */
  public String key(String rule, String action, String targetId) {
    return rule + "/" + action + "/" + targetClass.apply(targetId);
  }

  /** How an action of a rule on a target stands. */
  public Standing standing(String rule, String action, String targetId) {
    String key = key(rule, action, targetId);
    List<Try> same =
        tries.getOrDefault(new Kind(rule, action), new ArrayDeque<>()).stream()
            .filter(one -> key(rule, action, one.targetId()).equals(key))
            .toList();
    return standing(key, same);
  }

  /** How everything that was ever tried stands, by key. */
  public List<Standing> table() {
    Map<String, List<Try>> byKey = new TreeMap<>();
    tries.forEach(
        (kind, done) ->
            done.forEach(
                one ->
                    byKey
                        .computeIfAbsent(
                            key(kind.rule(), kind.action(), one.targetId()),
                            key -> new ArrayList<>())
                        .add(one)));
    return byKey.entrySet().stream()
        .map(entry -> standing(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Standing::key))
        .toList();
  }

  private Standing standing(String key, List<Try> all) {
    Instant promotedAt = promotions.getOrDefault(key, Instant.MIN);
    List<Try> counting = all.stream().filter(one -> one.at().isAfter(promotedAt)).toList();
    int helped = (int) counting.stream().filter(Try::helped).count();
    double upper = Wilson.upper(helped, counting.size());
    return new Standing(
        key,
        counting.size(),
        helped,
        upper,
        counting.size() < LEAST_TRIES || upper >= below,
        promotions.get(key));
  }
}
