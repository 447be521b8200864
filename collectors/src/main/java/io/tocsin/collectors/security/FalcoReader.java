package io.tocsin.collectors.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.Severity;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns one alert of Falco, a JSON object as {@code json_output} writes it, into a security event.
 * Falco's eight priorities map to five severities: Emergency, Alert and Critical to CRITICAL, Error
 * to HIGH, Warning to MEDIUM, Notice to LOW, Informational and Debug to INFO. Thread-safe.
 */
final class FalcoReader {

  /** Longest alert that is taken, in bytes. */
  static final int LONGEST = 64 * 1024;

  private static final int FIELDS_LIMIT = 30;
  private static final int FIELDS_LENGTH = 4_000;
  private static final int SHORT_ID = 12;

  private final String host;
  private final Severities severities;
  private final Clock clock;
  private final ObjectReader json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(50).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  /**
   * A reader of alerts on this machine.
   *
   * @param host its name
   * @param clock dates alerts that do not say when they were raised
   */
  FalcoReader(String host, Severities severities, Clock clock) {
    this.host = host;
    this.severities = severities;
    this.clock = clock;
  }

  /**
   * The event.
   *
   * @param where the alert came from, for errors
   * @throws CollectorException if it is no alert
   */
  SecurityEvent.Builder read(String text, String where) throws CollectorException {
    JsonNode alert = parse(text, where);
    String rule = textOf(alert, "rule");
    String priority = textOf(alert, "priority");
    if (rule.isBlank() || priority.isBlank()) {
      throw new CollectorException(
          Reason.MALFORMED, where, "an alert of Falco has a rule and a priority; this has not");
    }
    JsonNode fields = alert.path("output_fields");
    String output = textOf(alert, "output");
    String action = PlainText.of(rule, PlainText.TITLE).toLowerCase(Locale.ROOT);
    SecurityEvent.Builder event =
        SecurityEvent.newBuilder()
            .setId(
                EventIds.of(
                    "falco", textOf(alert, "hostname"), textOf(alert, "time"), rule, output))
            .setAt(at(textOf(alert, "time")))
            .setSource(SecuritySource.FALCO)
            .setAction(action)
            .setSeverity(severities.of(action, severityOf(priority)))
            .setTitle(PlainText.of(rule, PlainText.TITLE))
            .setDetail(PlainText.of(output, PlainText.DETAIL))
            .setAttributes(attributes(alert, priority, fields));
    addSubject(event, fields);
    return event;
  }

  private JsonNode parse(String text, String where) throws CollectorException {
    try {
      JsonNode alert = json.readTree(text);
      if (alert != null && alert.isObject()) {
        return alert;
      }
    } catch (JsonProcessingException broken) {
      // Told below. The parser's own message quotes what it met, which comes from strangers.
    }
    throw new CollectorException(
        Reason.MALFORMED,
        where,
        "this is no JSON object; set json_output to true in Falco's configuration");
  }

  private void addSubject(SecurityEvent.Builder event, JsonNode fields) {
    String id = known(textOf(fields, "container.id"));
    if (id.isEmpty() || id.equals("host")) {
      event.setResourceId(ResourceIds.of(ResourceKind.HOST, host)).setKind(ResourceKind.HOST);
      return;
    }
    String name = nameOf(fields, id);
    String repository = known(textOf(fields, "container.image.repository"));
    String tag = known(textOf(fields, "container.image.tag"));
    String image = tag.isEmpty() ? repository : repository + ":" + tag;
    event
        .setResourceId(ResourceIds.of(ResourceKind.CONTAINER, host, name))
        .setKind(ResourceKind.CONTAINER)
        .setContainer(PlainText.of(name, PlainText.VALUE))
        .setImage(image.isEmpty() ? null : PlainText.of(image, PlainText.VALUE));
  }

  /** Named as the container collector does: in a pod by namespace, pod and container. */
  private static String nameOf(JsonNode fields, String id) {
    String name = known(textOf(fields, "container.name"));
    if (name.isEmpty()) {
      return id.substring(0, Math.min(SHORT_ID, id.length()));
    }
    String namespace = known(textOf(fields, "k8s.ns.name"));
    String pod = known(textOf(fields, "k8s.pod.name"));
    return namespace.isEmpty() || pod.isEmpty() ? name : namespace + "." + pod + "." + name;
  }

  /** Falco writes {@code <NA>} where it does not know. */
  private static String known(String text) {
    return text.equals("<NA>") ? "" : text.strip();
  }

  private Instant at(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException unknown) {
      return clock.instant();
    }
  }

  private static Severity severityOf(String priority) {
    return switch (priority.toLowerCase(Locale.ROOT)) {
      case "emergency", "alert", "critical" -> Severity.CRITICAL;
      case "error" -> Severity.HIGH;
      case "warning" -> Severity.MEDIUM;
      case "notice" -> Severity.LOW;
      case "informational", "info", "debug" -> Severity.INFO;
      default -> Severity.UNSPECIFIED;
    };
  }

  private static Map<String, String> attributes(JsonNode alert, String priority, JsonNode fields) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("priority", PlainText.of(priority, PlainText.TITLE));
    put("hostname", textOf(alert, "hostname"), attributes);
    put("source", textOf(alert, "source"), attributes);
    List<String> tags = new ArrayList<>();
    alert.path("tags").forEach(tag -> tags.add(tag.asText()));
    put("tags", String.join(",", tags), attributes);
    int length = 0;
    Iterator<Map.Entry<String, JsonNode>> each = fields.properties().iterator();
    for (int i = 0; i < FIELDS_LIMIT && each.hasNext(); i++) {
      Map.Entry<String, JsonNode> field = each.next();
      String key = PlainText.of(field.getKey(), PlainText.TITLE);
      String value = PlainText.of(scalar(field.getValue()), PlainText.VALUE);
      length += key.length() + value.length();
      if (length > FIELDS_LENGTH) {
        break;
      }
      put(key, value, attributes);
    }
    return attributes;
  }

  private static void put(String key, String value, Map<String, String> attributes) {
    if (!value.isEmpty() && !key.isEmpty()) {
      attributes.putIfAbsent(key, PlainText.of(value, PlainText.VALUE));
    }
  }

  private static String textOf(JsonNode object, String field) {
    return scalar(object.path(field));
  }

  private static String scalar(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }
}
