package io.tocsin.cli;

import io.tocsin.alerting.glob.Glob;
import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.choice.Matrix;
import io.tocsin.capacity.choice.MatrixReader;
import io.tocsin.capacity.cost.PriceBook;
import io.tocsin.capacity.cost.PriceBookReader;
import io.tocsin.capacity.source.HistoryFleet;
import io.tocsin.capacity.source.TraceFleet;
import io.tocsin.history.HistoryException;
import io.tocsin.history.HistoryStore;
import io.tocsin.history.Tier;
import io.tocsin.pipeline.HistoryPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What questions about capacity are asked of: {@code --trace}, or a running installation. */
final class CapacityInput {

  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Tier.HOUR.retention();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(
      names = "--last",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      defaultValue = "30d",
      description = "How much of history to look at (default: ${DEFAULT-VALUE}).")
  private Duration last;

  @Option(
      names = "--trace",
      paramLabel = "DIR",
      description = "Read tables in this directory instead of the history of an installation.")
  private Path trace;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "What the tables' columns mean; without it, those of GWA-T-12 Bitbrains.")
  private Path mapping;

  @Option(
      names = "--resource",
      paramLabel = "GLOB",
      defaultValue = "*",
      description = "Only resources whose id matches (default: ${DEFAULT-VALUE}).")
  private String resource;

  private final Clock clock = Clock.systemUTC();

  /**
   * Reads the fleet.
   *
   * @throws CommandFailure if it cannot be read, or nothing matches
   */
  Fleet fleet() throws CommandFailure {
    if (mapping != null && trace == null) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, "--mapping: says how to read a --trace; give both");
    }
    try {
      return told(trace == null ? history() : matching(TraceFleet.read(trace, mapping)));
    } catch (CapacityException bad) {
      throw failure(bad);
    }
  }

  private Fleet history() throws CommandFailure, CapacityException {
    if (last.compareTo(SHORTEST) < 0 || last.compareTo(LONGEST) > 0) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "--last: has to be from 1h to 730d, as history is kept");
    }
    Glob glob = new Glob(resource);
    Instant now = clock.instant();
    try (HistoryStore store = HistoryPlaces.of(config.load()).open()) {
      return HistoryFleet.read(store, now.minus(last), now, glob::matches);
    } catch (HistoryException noAnswer) {
      throw new CommandFailure(
          CommandFailure.NOT_RUNNING, Terminal.plain(noAnswer.getMessage()), noAnswer);
    } catch (IOException noPlace) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, Terminal.plain(noPlace.getMessage()), noPlace);
    }
  }

  /** What was left out or mended is said beside the answer, never in it. */
  private Fleet told(Fleet fleet) {
    fleet
        .rejected()
        .forEach(
            (reason, count) ->
                spec.commandLine()
                    .getErr()
                    .println("tocsin: " + count + " readings: " + Terminal.plain(reason)));
    return fleet;
  }

  private Fleet matching(Fleet fleet) throws CommandFailure {
    Glob glob = new Glob(resource);
    List<ResourceSeries> some =
        fleet.resources().stream().filter(series -> glob.matches(series.id())).toList();
    if (some.isEmpty()) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION,
          "--resource: none of "
              + fleet.resources().size()
              + " resources matches "
              + Terminal.plain(resource)
              + "; one of them is "
              + Terminal.plain(fleet.resources().get(0).id()));
    }
    return new Fleet(fleet.origin(), some, fleet.rejected());
  }

  /** Reads a price book. */
  static PriceBook prices(Path file) throws CommandFailure {
    try {
      return PriceBookReader.read(file.toString(), text(file));
    } catch (CapacityException bad) {
      throw failure(bad);
    }
  }

  /** Reads a decision matrix; the shipped one if none is named. */
  static Matrix matrix(Path file) throws CommandFailure {
    try {
      return file == null ? MatrixReader.shipped() : MatrixReader.read(file.toString(), text(file));
    } catch (CapacityException bad) {
      throw failure(bad);
    }
  }

  private static String text(Path file) throws CommandFailure {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          CommandFailure.BAD_CONFIGURATION, file + ": cannot be read: " + unreadable, unreadable);
    }
  }

  private static CommandFailure failure(CapacityException bad) {
    return new CommandFailure(
        CommandFailure.BAD_CONFIGURATION, Terminal.lines(bad.problems()), bad);
  }
}
