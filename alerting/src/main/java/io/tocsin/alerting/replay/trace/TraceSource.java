package io.tocsin.alerting.replay.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Some files of a trace that are read alike.
 *
 * <p>Files whose name ends in {@code .gz} are unpacked. Headers and values are stripped of blanks,
 * so a separator {@code ;} also reads files separated by {@code ;} and a tab.
 *
 * @param files glob below the directory of the trace, such as {@code metric/*.csv}
 * @param separator one character between columns; a comma if left out
 * @param time header of the column of time; its unit is found out by {@link TraceTime}
 * @param resource where the resource's name is found; not with {@code melt}
 * @param service where the service's name is found; null if the trace has none
 * @param kind kind of the rows, such as {@code VM}, {@code CONTAINER} or {@code EDGE}
 * @param fields for each field of a row, the header of its column; not with {@code melt}
 * @param melt how to read a table with one column for each resource; null for an ordinary one
 */
public record TraceSource(
    @JsonProperty(required = true) String files,
    String separator,
    @JsonProperty(required = true) String time,
    NameFrom resource,
    NameFrom service,
    @JsonProperty(required = true) String kind,
    Map<String, String> fields,
    Melt melt) {

  /** Fills what was left out. */
  public TraceSource {
    separator = separator == null ? "," : separator;
    fields = fields == null ? Map.of() : Map.copyOf(fields);
  }
}
