package io.tocsin.cli;

import io.tocsin.delivery.CommandGround;
import io.tocsin.delivery.Entry;
import io.tocsin.delivery.HttpWatch;
import io.tocsin.delivery.Journal;
import io.tocsin.delivery.Outcome;
import io.tocsin.delivery.Rollout;
import io.tocsin.delivery.RolloutPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A rollout at work: what it does is told as it does it. */
final class RollingOut {

  private static final int ROLLED_BACK = 20;
  private static final int ROLLBACK_FAILED = 21;
  private static final int NOT_BEGUN = 22;
  private static final int INTERRUPTED = 23;
  private static final int UNDER_WAY = 24;
  private static final int NO_JOURNAL = 11;

  private final RolloutPlan plan;
  private final PrintWriter out;
  private final boolean json;
  private final Clock clock;

  /** What is to be done with the one journal there is. */
  private interface Deed {
    Outcome with(Rollout rollout, Journal journal)
        throws CommandFailure, IOException, InterruptedException;
  }

  RollingOut(RolloutPlan plan, PrintWriter out, boolean json, Clock clock) {
    this.plan = plan;
    this.out = out;
    this.json = json;
    this.clock = clock;
  }

  int begin(String to, String from, boolean evenIfUnwell)
      throws CommandFailure, InterruptedException {
    return run(
        (rollout, journal) -> {
          Optional<String> unfinished = Rollout.unfinished(journal);
          if (unfinished.isPresent()) {
            throw new CommandFailure(
                INTERRUPTED,
                "the rollout of "
                    + unfinished.get()
                    + " was interrupted; go on with --resume, or take it back with --back");
          }
          return rollout.begin(to, from, evenIfUnwell);
        });
  }

  int resume() throws CommandFailure, InterruptedException {
    return run(
        (rollout, journal) -> {
          if (Rollout.unfinished(journal).isEmpty()) {
            throw new CommandFailure(NOT_BEGUN, "no rollout by this plan was interrupted");
          }
          return rollout.resume();
        });
  }

  int back() throws CommandFailure, InterruptedException {
    return run(
        (rollout, journal) -> {
          if (journal.entries().isEmpty()) {
            throw new CommandFailure(NOT_BEGUN, "no rollout by this plan has begun");
          }
          return rollout.back(System.getProperty("user.name") + " wants it so");
        });
  }

  private int run(Deed deed) throws CommandFailure, InterruptedException {
    try (Journal journal =
            Journal.take(plan.state(), this::tell)
                .orElseThrow(
                    () ->
                        new CommandFailure(
                            UNDER_WAY,
                            "another rollout by this plan is under way: process "
                                + Journal.holder(plan.state())));
        HttpWatch watch = new HttpWatch(plan, clock)) {
      Rollout rollout = new Rollout(plan, new CommandGround(plan), watch, journal, clock);
      return told(deed.with(rollout, journal));
    } catch (IOException unusable) {
      throw new CommandFailure(
          NO_JOURNAL,
          "the journal in " + plan.state() + " cannot be used: " + unusable.getMessage(),
          unusable);
    }
  }

  private void tell(Entry entry) {
    if (json) {
      out.println(Journal.line(entry));
    } else {
      StringBuilder line = new StringBuilder(entry.at().toString()).append(' ');
      line.append(entry.event().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      for (String part : new String[] {entry.step(), entry.target(), entry.version()}) {
        if (part != null) {
          line.append(' ').append(part);
        }
      }
      if (entry.reasons() != null) {
        line.append(": ").append(entry.reasons().isEmpty() ? "well again" : join(entry.reasons()));
      }
      out.println(Terminal.plain(line.toString()));
    }
    out.flush();
  }

  private static String join(List<String> reasons) {
    return String.join("; ", reasons);
  }

  private int told(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return end(0, "done: every instance has the version");
    }
    if (outcome instanceof Outcome.RolledBack back) {
      return end(
          ROLLED_BACK,
          "rolled back"
              + back.within()
                  .map(time -> " %.1f s after the first bad look".formatted(time.toMillis() / 1e3))
                  .orElse("")
              + ", because of "
              + join(back.reasons()));
    }
    if (outcome instanceof Outcome.RollbackFailed failed) {
      failed.todo().forEach(line -> out.println("TO DO: " + Terminal.plain(line)));
      return end(
          ROLLBACK_FAILED,
          "going back did not work everywhere, somebody has to see to it; then --back once more");
    }
    return end(
        NOT_BEGUN,
        "nothing was changed; it is not well as it is: "
            + join(((Outcome.NotBegun) outcome).reasons()));
  }

  private int end(int status, String line) {
    if (!json) {
      out.println(Terminal.plain(line));
    }
    out.flush();
    return status;
  }
}
