package io.tocsin.collectors.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.app.event.Events;
import io.tocsin.collectors.app.figure.Complaints;
import io.tocsin.collectors.app.figure.Figure;
import io.tocsin.collectors.app.figure.TextCache;
import io.tocsin.collectors.app.influx.LineProtocol;
import io.tocsin.collectors.app.influx.Precision;
import io.tocsin.collectors.app.mapping.DefaultRules;
import io.tocsin.collectors.app.mapping.FigureSource;
import io.tocsin.collectors.app.mapping.Inventory;
import io.tocsin.collectors.app.mapping.Mapper;
import io.tocsin.collectors.app.mapping.MappingRule;
import io.tocsin.collectors.app.otlp.OtlpFigures;
import io.tocsin.collectors.app.prometheus.Exposition;
import io.tocsin.collectors.app.prometheus.Lines;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Measurement;
import io.tocsin.schemas.Tier;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder beside this class is a body: {@code exposition.txt}, {@code openmetrics.txt}, {@code
 * lines.txt}, {@code otlp.json} or {@code events.json}; in {@code expected.json} are the
 * measurements and problems that it gives. {@code rules.json} has mapping rules; with a file called
 * {@code keep}, figures that no rule knows are kept. A new case is a new folder.
 */
class AppCasesTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  @TestFactory
  Stream<DynamicTest> everyCaseGivesWhatItExpects() throws IOException, URISyntaxException {
    Path cases = Path.of(AppCasesTest.class.getResource("events").toURI()).getParent();
    List<Path> folders;
    try (Stream<Path> all = Files.list(cases)) {
      folders = all.filter(folder -> Files.exists(folder.resolve("expected.json"))).toList();
    }
    return folders.stream()
        .sorted()
        .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
  }

  private static void run(Path folder) throws Exception {
    String expected = JSON.readTree(folder.resolve("expected.json").toFile()).toPrettyString();

    assertThat(result(folder).toPrettyString()).isEqualTo(expected);
  }

  static JsonNode result(Path folder) throws Exception {
    Clock clock = Clock.fixed(Examples.NOON, ZoneOffset.UTC);
    Complaints complaints = new Complaints("case");
    List<Problem> problems = new ArrayList<>();
    List<Measurement> measurements = new ArrayList<>();
    FigureSource source =
        new FigureSource(
            "case",
            "unknown",
            Tier.UNSPECIFIED,
            Files.exists(folder.resolve("keep")),
            List.of("service"));
    Mapper mapper =
        new Mapper(rules(folder), source, new Inventory(Duration.ZERO, clock), complaints);
    Consumer<Figure> figures =
        figure ->
            mapper.map(
                figure,
                Examples.NOON,
                measurement -> measurements.add(measurement.setOrigin(Examples.origin(0)).build()));
    parse(folder, figures, problems::add, complaints);
    problems.addAll(complaints.drain());
    ObjectNode result = JSON.createObjectNode();
    ArrayNode all = result.putArray("measurements");
    measurements.forEach(measurement -> all.add(brief(measurement)));
    ArrayNode told = result.putArray("problems");
    problems.forEach(problem -> told.add(problem.reason().tag() + " " + problem));
    return result;
  }

  private static List<MappingRule> rules(Path folder) throws IOException {
    List<MappingRule> rules = new ArrayList<>();
    if (Files.exists(folder.resolve("rules.json"))) {
      rules.addAll(
          JSON.readValue(
              folder.resolve("rules.json").toFile(), new TypeReference<List<MappingRule>>() {}));
    }
    rules.addAll(DefaultRules.ALL);
    return rules;
  }

  private static void parse(
      Path folder, Consumer<Figure> figures, Consumer<Problem> problems, Complaints complaints)
      throws Exception {
    for (String name : List.of("exposition.txt", "openmetrics.txt")) {
      if (Files.exists(folder.resolve(name))) {
        byte[] body = Files.readAllBytes(folder.resolve(name));
        Exposition parser = exposition(name, figures, complaints);
        Lines lines = new Lines(65_536, parser);
        for (int i = 0; i < body.length; i += 7) {
          lines.feed(body, i, Math.min(body.length, i + 7));
          // Drained often, so that a case can show more than the first few.
          complaints.drain().forEach(problems);
        }
        lines.finish();
        parser.finish(true);
      }
    }
    if (Files.exists(folder.resolve("lines.txt"))) {
      byte[] body = Files.readAllBytes(folder.resolve("lines.txt"));
      new LineProtocol(
              Precision.NANOSECONDS,
              new TextCache(),
              figures,
              (line, what) ->
                  problems.accept(new Problem(Reason.MALFORMED, "lines.txt:" + line, what)))
          .read(body, body.length);
    }
    if (Files.exists(folder.resolve("otlp.json"))) {
      ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
      JsonFormat.parser().merge(Files.readString(folder.resolve("otlp.json")), request);
      new OtlpFigures(
              figures, what -> problems.accept(new Problem(Reason.MALFORMED, "otlp.json", what)))
          .read(request.build());
    }
    if (Files.exists(folder.resolve("events.json"))) {
      byte[] body = Files.readAllBytes(folder.resolve("events.json"));
      Events.read(
          body,
          body.length,
          figures,
          (index, what) ->
              problems.accept(new Problem(Reason.MALFORMED, "events.json:" + index, what)));
    }
  }

  private static Exposition exposition(
      String name, Consumer<Figure> figures, Complaints complaints) {
    return new Exposition(
        name, name.startsWith("open"), 20_000, new TextCache(), figures, complaints);
  }

  /** Without what is null, empty or the same everywhere; labels by name. */
  private static JsonNode brief(Measurement measurement) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(measurement.toString());
      json.set("labels", JSON.valueToTree(new TreeMap<>(measurement.getLabels())));
      json.remove("origin");
      json.put("at", String.valueOf(measurement.getAt()));
      if (measurement.getStartedAt() != null) {
        json.put("startedAt", String.valueOf(measurement.getStartedAt()));
      }
      if (measurement.getTier() == Tier.UNSPECIFIED) {
        json.remove("tier");
      }
      if (measurement.getAt().equals(Examples.NOON)) {
        json.remove("at");
      }
      List.of("claimedAt", "startedAt", "value", "distribution").stream()
          .filter(key -> json.get(key).isNull())
          .forEach(json::remove);
      if (measurement.getUnit().isEmpty()) {
        json.remove("unit");
      }
      return json;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
