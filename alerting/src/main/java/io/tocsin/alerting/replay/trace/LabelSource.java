package io.tocsin.alerting.replay.trace;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where the labels of a trace are: either a CSV file, or a JSON object that gives each resource a
 * list of windows, as the Numenta Anomaly Benchmark does.
 *
 * @param file below the directory of the trace; {@code .json} for windows, else CSV
 * @param resource where the resource's name is found; for windows a pattern over the object's keys
 * @param from header of the column of the onset; CSV only
 * @param to header of the column of the end; CSV only
 * @param kind header of the column of what went wrong; null or empty for {@code anomaly}; CSV only
 */
public record LabelSource(
    @JsonProperty(required = true) String file,
    @JsonProperty(required = true) NameFrom resource,
    String from,
    String to,
    String kind) {}
