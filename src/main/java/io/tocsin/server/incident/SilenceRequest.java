package io.tocsin.server.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Matcher;
import io.tocsin.schemas.Recurrence;
import io.tocsin.schemas.Silence;
import io.tocsin.server.http.RequestProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A silence that a person asks for, as the body of a request.
 *
 * @param matchers at least one; all have to match
 * @param reason why; mandatory
 * @param by who asks; null for whom the server knows
 * @param startsAt null for now
 * @param endsAt when it ends for good; this or {@code forSeconds} is mandatory
 * @param forSeconds how long it lasts
 * @param recurrence null: without a break
 * @param maintenance whether it is planned work, for which deadlines stand still
 */
record SilenceRequest(
    List<MatcherRequest> matchers,
    String reason,
    String by,
    Instant startsAt,
    Instant endsAt,
    Long forSeconds,
    RecurrenceRequest recurrence,
    Boolean maintenance)
    implements Signed {

  /** One field and what it has to look like; also written {@code service=shop} or {@code !=}. */
  record MatcherRequest(String field, String glob, Boolean negated) {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    MatcherRequest(
        @JsonProperty("field") String field,
        @JsonProperty("glob") String glob,
        @JsonProperty("negated") Boolean negated) {
      this.field = field;
      this.glob = glob;
      this.negated = negated;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MatcherRequest read(String text) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        return new MatcherRequest(null, text, null);
      }
      boolean negated = equals > 0 && text.charAt(equals - 1) == '!';
      return new MatcherRequest(
          text.substring(0, negated ? equals - 1 : equals).strip(),
          text.substring(equals + 1).strip(),
          negated);
    }
  }

  /** When it comes again. */
  record RecurrenceRequest(String rule, Long durationSeconds, String zone) {}

  private static final Set<String> FIELDS =
      Set.of("rule", "resource", "service", "kind", "tier", "layer", "signal", "priority");

  private static final int MOST_MATCHERS = 20;

  /** The longest a silence may be asked for; a longer one is a rule to be taken out. */
  static final Duration LONGEST = Duration.ofDays(366);

  @Override
  public SilenceRequest withBy(String name) {
    return new SilenceRequest(
        matchers, reason, name, startsAt, endsAt, forSeconds, recurrence, maintenance);
  }

  /**
   * The silence.
   *
   * @throws RequestProblem with all that is wrong
   */
  Silence silence(Instant now) throws RequestProblem {
    List<String> problems = new ArrayList<>();
    CommandRequest.name("by", by, problems);
    if (reason == null || reason.isBlank() || reason.length() > CommandRequest.LONGEST) {
      problems.add("reason: must say why, in 1 to " + CommandRequest.LONGEST + " characters");
    }
    Instant from = startsAt == null ? now : startsAt;
    Instant end = end(from, problems);
    if (end == null || !end.isAfter(from) || !end.isAfter(now)) {
      problems.add("endsAt: must be there (or forSeconds), after startsAt and after now");
    } else if (end.isAfter(from.plus(LONGEST))) {
      problems.add("endsAt: must be at most a year after startsAt");
    }
    List<Matcher> wanted = matchers(problems);
    if (recurrence != null && (recurrence.rule() == null || recurrence.durationSeconds() == null)) {
      problems.add("recurrence: needs rule and durationSeconds");
    }
    if (!problems.isEmpty()) {
      throw new RequestProblem(problems);
    }
    return Silence.newBuilder()
        .setId("s-" + UUID.randomUUID().toString().substring(0, 13))
        .setMatchers(wanted)
        .setReason(reason)
        .setBy(by)
        .setStartsAt(from)
        .setEndsAt(end)
        .setRecurrence(recurrence == null ? null : comingAgain())
        .setMaintenance(Boolean.TRUE.equals(maintenance))
        .build();
  }

  private Instant end(Instant from, List<String> problems) {
    if (forSeconds == null) {
      return endsAt;
    }
    if (endsAt != null) {
      problems.add("endsAt, forSeconds: give one of them");
    }
    if (forSeconds < 1 || forSeconds > LONGEST.toSeconds()) {
      problems.add("forSeconds: must be 1 to " + LONGEST.toSeconds());
      return endsAt;
    }
    return from.plusSeconds(forSeconds);
  }

  static Command command(Silence silence, Instant now) {
    return Command.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setKind(CommandKind.SILENCE)
        .setBy(silence.getBy())
        .setAt(now)
        .setText(silence.getReason())
        .setSilence(silence)
        .build();
  }

  private Recurrence comingAgain() {
    return Recurrence.newBuilder()
        .setRule(recurrence.rule())
        .setDurationMs(Math.multiplyExact(recurrence.durationSeconds(), 1_000L))
        .setZone(recurrence.zone() == null ? "UTC" : recurrence.zone())
        .build();
  }

  private List<Matcher> matchers(List<String> problems) {
    List<Matcher> wanted = new ArrayList<>();
    if (matchers == null || matchers.isEmpty() || matchers.size() > MOST_MATCHERS) {
      problems.add("matchers: must be 1 to " + MOST_MATCHERS);
      return wanted;
    }
    for (int i = 0; i < matchers.size(); i++) {
      MatcherRequest each = matchers.get(i);
      boolean known =
          each.field() != null
              && (FIELDS.contains(each.field()) || each.field().startsWith("label."));
      if (!known) {
        problems.add("matchers[" + i + "].field: must be one of " + FIELDS + " or label.<name>");
      }
      if (each.glob() == null || each.glob().isEmpty() || each.glob().length() > 256) {
        problems.add("matchers[" + i + "].glob: must have 1 to 256 characters");
      }
      if (known && each.glob() != null) {
        wanted.add(new Matcher(each.field(), each.glob(), Boolean.TRUE.equals(each.negated())));
      }
    }
    return wanted;
  }
}
