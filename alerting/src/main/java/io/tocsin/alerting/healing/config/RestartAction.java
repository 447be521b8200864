package io.tocsin.alerting.healing.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A restart the operator has written down: the only thing a plan can ask for.
 *
 * @param name what plans call it
 * @param targets ids of the resources it may act on
 * @param argv program and arguments, handed to the kernel as they are: no shell, no substitution
 * @param workingDirectory absolute; null for the program's own
 * @param timeout after this the process and its descendants are killed; at most one hour
 * @param cooldown rest of a target after an action on it, 0 for none
 * @param maxAttempts how often a target may be acted on within {@code attemptsWithin}
 * @param attemptsWithin length of the sliding window in which attempts are counted
 * @param verify what proves that it helped
 */
public record RestartAction(
    String name,
    List<String> targets,
    List<String> argv,
    Path workingDirectory,
    Duration timeout,
    Duration cooldown,
    int maxAttempts,
    Duration attemptsWithin,
    Verify verify) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  /**
   * Checks everything that can be checked before the action is needed.
   *
   * @throws IllegalArgumentException naming the action and the key that is wrong
   */
  public RestartAction {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "healing action name '" + name + "' must match " + NAME.pattern());
    }
    targets = copyOf(name, "targets", targets);
    for (String target : targets) {
      require(
          TargetId.matches(target),
          name,
          "target '" + target + "' must match " + TargetId.PATTERN.pattern());
    }
    require(new HashSet<>(targets).size() == targets.size(), name, "targets has an id twice");
    argv = copyOf(name, "argv", argv);
    require(
        argv.stream().allMatch(argument -> argument.indexOf('\0') < 0),
        name,
        "argv must not contain a NUL character");
    String program = argv.get(0);
    require(!program.isBlank(), name, "argv must begin with a program");
    require(
        program.indexOf('/') < 0 || program.startsWith("/"),
        name,
        "program '" + program + "' must be an absolute path, or a name that is found in PATH");
    require(
        workingDirectory == null || workingDirectory.isAbsolute(),
        name,
        "workingDirectory '" + workingDirectory + "' must be absolute");
    require(isPositive(timeout), name, "timeout must be more than 0, not " + timeout);
    require(
        timeout.compareTo(LONGEST_TIMEOUT) <= 0,
        name,
        "timeout must be at most " + LONGEST_TIMEOUT + ", not " + timeout);
    require(
        cooldown != null && !cooldown.isNegative(),
        name,
        "cooldown must be 0 or more, not " + cooldown);
    require(maxAttempts >= 1, name, "maxAttempts must be at least 1, not " + maxAttempts);
    require(
        isPositive(attemptsWithin),
        name,
        "attemptsWithin must be more than 0, not " + attemptsWithin);
    require(verify != null, name, "verify is missing: without it nobody knows whether it helped");
  }

  private static List<String> copyOf(String action, String key, List<String> values) {
    require(values != null && !values.isEmpty(), action, key + " must not be empty");
    for (String value : values) {
      require(value != null, action, key + " has an empty entry");
    }
    return List.copyOf(values);
  }

  private static boolean isPositive(Duration duration) {
    return duration != null && !duration.isNegative() && !duration.isZero();
  }

  private static void require(boolean holds, String action, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("healing action '" + action + "': " + otherwise);
    }
  }
}
