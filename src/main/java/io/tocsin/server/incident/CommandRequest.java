package io.tocsin.server.incident;

import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.Priority;
import io.tocsin.server.http.RequestProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a person asks of an incident, as the body of a request.
 *
 * @param id the same id is carried out once; null for a new one
 * @param by who asks; null for whom the server knows
 * @param until ACKNOWLEDGE: until when; either this or {@code forSeconds}
 * @param forSeconds ACKNOWLEDGE: for how long
 * @param priority REPRIORITISE: {@code P0} to {@code P3}
 * @param text a reason or a note
 */
public record CommandRequest(
    String id, String by, Instant until, Long forSeconds, String priority, String text)
    implements Signed {

  /** Longest text that is taken, in characters. */
  public static final int LONGEST = 2_000;

  /** As the incident book has it: whoever has an incident for longer says so again. */
  static final Duration LONGEST_ACKNOWLEDGEMENT = Duration.ofDays(1);

  @Override
  public CommandRequest withBy(String name) {
    return new CommandRequest(id, name, until, forSeconds, priority, text);
  }

  /**
   * The command.
   *
   * @throws RequestProblem with all that is wrong
   */
  Command command(CommandKind kind, String incidentId, Instant now) throws RequestProblem {
    List<String> problems = new ArrayList<>();
    signature(id, by, text, problems);
    text(kind, problems);
    Instant end = end(kind, now, problems);
    Priority wanted = wanted(kind, problems);
    if (!problems.isEmpty()) {
      throw new RequestProblem(problems);
    }
    return Command.newBuilder()
        .setId(id == null ? UUID.randomUUID().toString() : id)
        .setKind(kind)
        .setBy(by)
        .setAt(now)
        .setIncidentId(incidentId)
        .setText(text == null ? "" : text)
        .setUntil(end)
        .setPriority(wanted)
        .build();
  }

  /** Adds a problem if a name is none. */
  public static void name(String field, String value, List<String> problems) {
    if (value == null || value.isBlank() || value.length() > 128) {
      problems.add(field + ": must say who or what, in 1 to 128 characters");
    }
  }

  /** Adds what is wrong with the words that every command has. */
  public static void signature(String id, String by, String text, List<String> problems) {
    name("by", by, problems);
    if (id != null) {
      name("id", id, problems);
    }
    if (text != null && text.length() > LONGEST) {
      problems.add("text: has " + text.length() + " characters; " + LONGEST + " are allowed");
    }
  }

  private void text(CommandKind kind, List<String> problems) {
    boolean mustSay =
        switch (kind) {
          case NOTE, REPRIORITISE, RESOLVE, HEAL_PAUSE, HEAL_REJECT, DEPLOYED, CHANGED -> true;
          case ACKNOWLEDGE, RELEASE, SILENCE, UNSILENCE, UNSPECIFIED -> false;
          case HEAL_RESUME, HEAL_APPROVE, HEAL_PROMOTE -> false;
        };
    if (mustSay && (text == null || text.isBlank())) {
      problems.add("text: must say " + (kind == CommandKind.NOTE ? "something" : "why"));
    }
  }

  private Instant end(CommandKind kind, Instant now, List<String> problems) {
    if (kind != CommandKind.ACKNOWLEDGE) {
      return null;
    }
    if ((until == null) == (forSeconds == null)) {
      problems.add("until, forSeconds: give one of them; an acknowledgement has to end");
      return null;
    }
    long longest = LONGEST_ACKNOWLEDGEMENT.toSeconds();
    if (forSeconds != null && (forSeconds < 1 || forSeconds > longest)) {
      problems.add("forSeconds: must be 1 to " + longest);
      return null;
    }
    Instant end = until == null ? now.plusSeconds(forSeconds) : until;
    if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_ACKNOWLEDGEMENT))) {
      problems.add("until: must be after now, and at most a day away");
    }
    return end;
  }

  private Priority wanted(CommandKind kind, List<String> problems) {
    if (kind != CommandKind.REPRIORITISE) {
      return null;
    }
    for (Priority each : Priority.values()) {
      if (each.name().equals(priority)) {
        return each;
      }
    }
    problems.add("priority: must be P0, P1, P2 or P3");
    return null;
  }
}
