package io.tocsin.alerting.replay.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a trace's files mean: which column is the time, which names the resource, which is which
 * field. It says how to read, never how to judge: thresholds have no place in it.
 *
 * @param name of the trace, for people
 * @param sources its files
 * @param joinSeconds rows of one resource that are as close as this, and have no field in common,
 *     are made one; 0 to leave all as they are
 * @param labels its labels; null if it has none
 */
public record TraceMapping(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) List<TraceSource> sources,
    @JsonProperty("join-seconds") int joinSeconds,
    LabelSource labels) {

  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * Reads a mapping.
   *
   * @throws TraceException with file, line and column if it is not a mapping that makes sense
   * @throws IOException if the file cannot be read
   */
  public static TraceMapping read(Path file) throws TraceException, IOException {
    TraceMapping mapping;
    try {
      mapping = YAML.readValue(Files.readString(file), TraceMapping.class);
    } catch (JsonProcessingException notMapping) {
      var at = notMapping.getLocation();
      String where = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      String what = notMapping.getOriginalMessage().lines().findFirst().orElse("");
      throw new TraceException(file + where + ": is not a mapping of a trace: " + what);
    }
    List<String> problems = mapping == null ? List.of("is empty") : mapping.problems();
    if (!problems.isEmpty()) {
      throw new TraceException(file + ": " + String.join("; ", problems));
    }
    return mapping;
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (joinSeconds < 0) {
      problems.add("join-seconds: must not be negative");
    }
    for (int i = 0; i < sources.size(); i++) {
      TraceSource source = sources.get(i);
      String key = "sources[" + i + "].";
      if (source.separator().length() != 1) {
        problems.add(key + "separator: has to be one character");
      }
      if ((source.melt() == null) == source.fields().isEmpty()) {
        problems.add(key + "fields: give either fields or melt");
      }
      if (source.melt() == null && source.resource() == null) {
        problems.add(key + "resource: is missing; give a column or {} for the file's path");
      }
      checkPattern(problems, key + "resource.pattern", source.resource());
      checkPattern(problems, key + "service.pattern", source.service());
      if (source.melt() != null) {
        checkPattern(problems, key + "melt.columns", new NameFrom(null, source.melt().columns()));
      }
    }
    if (labels != null) {
      checkPattern(problems, "labels.resource.pattern", labels.resource());
    }
    return problems;
  }

  private static void checkPattern(List<String> problems, String key, NameFrom name) {
    try {
      Pattern.compile(name == null || name.pattern() == null ? "" : name.pattern());
    } catch (PatternSyntaxException malformed) {
      problems.add(key + ": is not a regular expression: " + malformed.getDescription());
    }
  }
}
