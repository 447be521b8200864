package io.tocsin.capacity.source;

import io.tocsin.alerting.replay.trace.Trace;
import io.tocsin.alerting.replay.trace.TraceException;
import io.tocsin.alerting.replay.trace.TraceMapping;
import io.tocsin.alerting.replay.trace.TraceReader;
import io.tocsin.alerting.replay.trace.TraceRow;
import io.tocsin.capacity.CapacityException;
import io.tocsin.capacity.Figure;
import io.tocsin.capacity.Fleet;
import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.SeriesBuilder;
import io.tocsin.schemas.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a fleet out of a directory of tables, so that questions can be tried without an
 * installation. Without a mapping the tables are read as those of GWA-T-12 Bitbrains (<a
 * href="https://doi.org/10.1109/CCGrid.2015.60">Shen et al. 2015</a>): a file per VM.
 */
public final class TraceFleet {

  private static final String BITBRAINS = "bitbrains.yaml";
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final double KIB = 1024;

  private TraceFleet() {}

  /**
   * Reads the tables.
   *
   * @param directory of the tables
   * @param mapping what their columns mean; null for the layout of Bitbrains
   * @throws CapacityException if they cannot be read, or there is nothing in them
   */
  public static Fleet read(Path directory, Path mapping) throws CapacityException {
    try {
      TraceMapping columns = mapping == null ? bitbrains() : TraceMapping.read(mapping);
      return of(directory, TraceReader.read(columns, directory));
    } catch (TraceException bad) {
      throw new CapacityException(List.of(bad.getMessage()));
    } catch (IOException unreadable) {
      throw new CapacityException(List.of("the trace cannot be read: " + unreadable));
    }
  }

  private static TraceMapping bitbrains() throws TraceException, IOException {
    Path file = Files.createTempFile("bitbrains", ".yaml");
    try (InputStream mapping = TraceFleet.class.getResourceAsStream(BITBRAINS)) {
      Files.copy(mapping, file, StandardCopyOption.REPLACE_EXISTING);
      return TraceMapping.read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static Fleet of(Path directory, Trace trace) throws CapacityException {
    Map<String, SeriesBuilder> builders = new TreeMap<>();
    Map<String, Long> rejected = new TreeMap<>(trace.rejects());
    for (TraceRow row : trace.rows()) {
      ResourceKind kind = kind(row.kind());
      SeriesBuilder builder =
          builders.computeIfAbsent(
              kind.name().toLowerCase(Locale.ROOT) + "/" + row.resource(),
              id -> new SeriesBuilder(id, kind, row.service(), null, STEP));
      add(row, builder);
    }
    List<ResourceSeries> all = new ArrayList<>();
    for (SeriesBuilder builder : builders.values()) {
      builder.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
      builder.build().ifPresent(all::add);
    }
    if (all.isEmpty()) {
      throw new CapacityException(
          List.of(
              directory
                  + ": no row has a figure of capacity; the mapping has to name one of "
                  + Figure.words(List.of(Figure.values()))));
    }
    return new Fleet(directory.toString(), all, rejected);
  }

  private static void add(TraceRow row, SeriesBuilder builder) {
    row.fields()
        .forEach(
            (name, value) ->
                Figure.of(name).ifPresent(figure -> builder.add(row.at(), figure, value)));
    Double used = row.fields().get("memory-kb");
    Double has = row.fields().get("memory-provisioned-kb");
    if (used != null && has != null && has > 0) {
      builder.add(row.at(), Figure.MEMORY_PERCENT, 100 * used / has);
      builder.add(row.at(), Figure.MEMORY_BYTES, has * KIB);
    }
  }

  private static ResourceKind kind(String word) {
    for (ResourceKind kind : ResourceKind.values()) {
      if (kind.name().equalsIgnoreCase(word)) {
        return kind;
      }
    }
    return ResourceKind.VM;
  }
}
