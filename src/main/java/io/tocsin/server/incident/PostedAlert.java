package io.tocsin.server.incident;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.schemas.ExternalAlert;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One alert as Alertmanager's API v2 takes it.
 *
 * @param labels tell it from others; at least one
 * @param annotations what it says to people
 * @param startsAt null for now
 * @param endsAt null for five minutes from now, as long as Alertmanager waits by default
 * @param generatorUrl where it comes from
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PostedAlert(
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    Instant endsAt,
    @JsonProperty("generatorURL") String generatorUrl) {

  private static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");
  private static final int MOST_LABELS = 64;
  private static final int LONGEST_VALUE = 2_048;

  PostedAlert {
    labels = labels == null ? Map.of() : labels;
    annotations = annotations == null ? Map.of() : annotations;
  }

  /** What is wrong with it; empty if nothing is. */
  Optional<String> problem() {
    if (labels.isEmpty()) {
      return Optional.of("has no labels; alertname at least tells it from others");
    }
    if (labels.size() > MOST_LABELS || annotations.size() > MOST_LABELS) {
      return Optional.of("has more than " + MOST_LABELS + " labels or annotations");
    }
    for (Map<String, String> texts : List.of(labels, annotations)) {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        if (!LABEL.matcher(text.getKey()).matches()) {
          return Optional.of("has a name that does not match " + LABEL.pattern());
        }
        if (text.getValue() == null || text.getValue().length() > LONGEST_VALUE) {
          return Optional.of(text.getKey() + " is longer than " + LONGEST_VALUE + " characters");
        }
      }
    }
    return startsAt != null && endsAt != null && endsAt.isBefore(startsAt)
        ? Optional.of("ends before it starts")
        : Optional.empty();
  }

  /** As it stands on the topic. */
  ExternalAlert taken(Instant now) {
    Instant end =
        endsAt == null || endsAt.equals(Instant.EPOCH) ? now.plus(RESOLVE_TIMEOUT) : endsAt;
    Instant start = startsAt != null ? startsAt : end.isBefore(now) ? end : now;
    return ExternalAlert.newBuilder()
        .setId(id())
        .setLabels(labels)
        .setAnnotations(annotations)
        .setStartsAt(start.truncatedTo(ChronoUnit.MILLIS))
        .setEndsAt(end.truncatedTo(ChronoUnit.MILLIS))
        .setGeneratorUrl(generatorUrl == null ? "" : cut(generatorUrl))
        .setReceivedAt(now.truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_VALUE));
  }

  private String id() {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      new TreeMap<>(labels)
          .forEach(
              (name, value) ->
                  hash.update(
                      (name.length() + ":" + name + value.length() + ":" + value)
                          .getBytes(StandardCharsets.UTF_8)));
      return "ext-" + HexFormat.of().formatHex(hash.digest(), 0, 10);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
