package io.tocsin.alerting.incidents;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a silence that somebody asks for.
 *
 * <p>One that would match everything is refused: nothing could be heard any more, a P0 included.
 */
public final class SilenceCheck {

  /** Nobody remembers a longer one. */
  static final Duration LONGEST = Duration.ofDays(366);

  private SilenceCheck() {}

  /** One line for each problem; empty if it can be taken. */
  public static List<String> problems(Silence silence, Instant askedAt) {
    List<String> problems = new ArrayList<>();
    if (silence.getId().isBlank()) {
      problems.add("it has no id");
    }
    if (silence.getReason().isBlank()) {
      problems.add("it has no reason; say why");
    }
    if (silence.getBy().isBlank()) {
      problems.add("it does not say who asks");
    }
    if (!silence.getEndsAt().isAfter(silence.getStartsAt())) {
      problems.add("it ends before it begins");
    } else if (!silence.getEndsAt().isAfter(askedAt)) {
      problems.add("it ends in the past, at " + silence.getEndsAt());
    } else if (Duration.between(silence.getStartsAt(), silence.getEndsAt()).compareTo(LONGEST)
        > 0) {
      problems.add("it lasts longer than " + LONGEST.toDays() + " days");
    }
    for (Matcher matcher : silence.getMatchers()) {
      String field = matcher.getField();
      if (!Subject.FIELDS.contains(field) && !field.startsWith(Subject.LABEL)) {
        problems.add(
            "it matches on "
                + field
                + ", which is none of rule, resource, service, kind, tier, layer, signal, priority,"
                + " label.<name>");
      }
    }
    if (silence.getMatchers().stream().noneMatch(SilenceCheck::narrows)) {
      problems.add("it would match everything; name at least one value that has to match");
    }
    if (silence.getRecurrence() != null) {
      Windows.problem(silence.getRecurrence()).ifPresent(problems::add);
    }
    if (problems.isEmpty() && Windows.currentOrNext(silence, askedAt).isEmpty()) {
      problems.add("it never holds between " + askedAt + " and " + silence.getEndsAt());
    }
    return problems;
  }

  private static boolean narrows(Matcher matcher) {
    return !matcher.getNegated() && !Glob.isAnything(matcher.getGlob());
  }
}
