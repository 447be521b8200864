package io.tocsin.alerting.healing.config;

import io.tocsin.alerting.healing.execute.ExecutorSpec;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Something the operator lets the responder do: the only thing a plan can ask for.
 *
 * @param name what plans and ladders call it
 * @param does what it does
 * @param targets what it may be used for
 * @param timeout it has to be over after this; at most one hour, default 10 s
 * @param after people have had this much time before it is begun; default 0
 * @param cooldown rest of a target after an action on it, default 30 s
 * @param maxAttempts how often a target may be acted on within {@code attemptsWithin}; default 3
 * @param attemptsWithin length of the sliding window in which attempts are counted; default 1 h
 * @param afterDeployment only within this time after its target's service got another version; null
 *     for whenever
 * @param ignoreOwner act on a target even if another controller is about to; default false
 * @param whileDown whether what it did holds only until its target is well again and is then put
 *     back, such as traffic that was turned away; default false
 * @param verify what proves that it helped
 */
public record Action(
    String name,
    ExecutorSpec does,
    Targets targets,
    Duration timeout,
    Duration after,
    Duration cooldown,
    Integer maxAttempts,
    Duration attemptsWithin,
    Duration afterDeployment,
    Boolean ignoreOwner,
    Boolean whileDown,
    Verify verify) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  /**
   * Fills in the defaults and checks everything that can be checked before the action is needed.
   *
   * @throws IllegalArgumentException naming the action and the key that is wrong
   */
  public Action {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "healing action name '" + name + "' must match " + NAME.pattern());
    }
    require(does != null, name, "does is missing: what it does");
    require(targets != null, name, "targets must not be empty");
    timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    after = after == null ? Duration.ZERO : after;
    cooldown = cooldown == null ? Duration.ofSeconds(30) : cooldown;
    maxAttempts = maxAttempts == null ? 3 : maxAttempts;
    attemptsWithin = attemptsWithin == null ? Duration.ofHours(1) : attemptsWithin;
    ignoreOwner = ignoreOwner == null ? Boolean.FALSE : ignoreOwner;
    whileDown = whileDown == null ? Boolean.FALSE : whileDown;
    verify = verify == null ? Verify.DEFAULT : verify;
    for (String object : targets.objects().values()) {
      try {
        does.checkObject(object);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("healing action '" + name + "': " + wrong.getMessage());
      }
    }
    require(isPositive(timeout), name, "timeout must be more than 0, not " + timeout);
    require(
        timeout.compareTo(LONGEST_TIMEOUT) <= 0,
        name,
        "timeout must be at most " + LONGEST_TIMEOUT + ", not " + timeout);
    require(!after.isNegative(), name, "after must be 0 or more, not " + after);
    require(!cooldown.isNegative(), name, "cooldown must be 0 or more, not " + cooldown);
    require(maxAttempts >= 1, name, "max-attempts must be at least 1, not " + maxAttempts);
    require(
        isPositive(attemptsWithin),
        name,
        "attempts-within must be more than 0, not " + attemptsWithin);
    require(
        afterDeployment == null || isPositive(afterDeployment),
        name,
        "after-deployment must be more than 0, not " + afterDeployment);
  }

  /** An action whose doings stay. */
  public Action(
      String name,
      ExecutorSpec does,
      Targets targets,
      Duration timeout,
      Duration after,
      Duration cooldown,
      Integer maxAttempts,
      Duration attemptsWithin,
      Duration afterDeployment,
      Boolean ignoreOwner,
      Verify verify) {
    this(
        name,
        does,
        targets,
        timeout,
        after,
        cooldown,
        maxAttempts,
        attemptsWithin,
        afterDeployment,
        ignoreOwner,
        null,
        verify);
  }

  /** An action with the usual limits. */
  public static Action of(String name, ExecutorSpec does, Targets targets) {
    return new Action(name, does, targets, null, null, null, null, null, null, null, null, null);
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void require(boolean holds, String action, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("healing action '" + action + "': " + otherwise);
    }
  }
}
