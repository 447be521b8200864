package io.tocsin.collectors.app.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Meaning;
import io.tocsin.schemas.Measurement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What senders get to see, protocol by protocol. */
@Timeout(90)
class ReceiverTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";

  private ReceiverCollector receiver;

  @AfterEach
  void close() {
    if (receiver != null) {
      receiver.close();
    }
  }

  @Test
  void telegrafWritesWithGzip() throws Exception {
    byte[] body =
        Sender.gzip("nginx,host=a requests=5i 1767268800\n".getBytes(StandardCharsets.UTF_8));

    var answer =
        open(null, null, null)
            .post(
                "/api/v2/write?bucket=b&org=o&precision=s",
                body,
                "Content-Encoding",
                "gzip",
                "Content-Type",
                "text/plain; charset=utf-8",
                "User-Agent",
                "Telegraf/1.30.0 Go/1.22.1");

    assertThat(answer.statusCode()).isEqualTo(204);
    Measurement.Builder figure = receiver.collect().measurements().get(0);
    assertThat(figure.getName()).isEqualTo("nginx_requests");
    assertThat(figure.getAt()).isEqualTo(Examples.NOON);
    assertThat(receiver.collect().measurements()).isEmpty();
  }

  @Test
  void badLinesAreNamedAndTheOthersTaken() throws Exception {
    var answer = open(null, null, null).post("/write?db=x", "a value=1\n\nb value\nc value=3\nd");

    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(body.get("code").textValue()).isEqualTo("invalid");
    assertThat(body.get("error").textValue())
        .isEqualTo("partial write: 2 of 4 lines were not accepted; line 3: a field has no value");
    assertThat(body.get("line").intValue()).isEqualTo(3);
    assertThat(body.get("errors")).hasSize(2);
    Reading reading = receiver.collect();
    assertThat(names(reading)).containsExactly("a", "c");
    assertThat(reasons(reading)).containsExactly(Reason.MALFORMED, Reason.MALFORMED);
  }

  @Test
  void anUnknownPrecisionIsRefused() throws Exception {
    assertThat(open(null, null, null).post("/write?precision=parsec", "a value=1").statusCode())
        .isEqualTo(400);
    assertThat(receiver.collect().measurements()).isEmpty();
  }

  @Test
  void clientsThatPingAreAnswered() throws Exception {
    Sender sender = open(null, null, null);

    assertThat(sender.send("GET", "/ping").statusCode()).isEqualTo(204);
    assertThat(sender.send("HEAD", "/ping").statusCode()).isEqualTo(204);
    assertThat(sender.send("GET", "/api/v2/ping").statusCode()).isEqualTo(204);
    assertThat(JSON.readTree(sender.send("GET", "/health").body()).get("status").textValue())
        .isEqualTo("pass");
    assertThat(sender.send("GET", "/elsewhere").statusCode()).isEqualTo(404);
    assertThat(sender.send("GET", "/write").statusCode()).isEqualTo(405);
    assertThat(sender.send("POST", "/ping").statusCode()).isEqualTo(405);
  }

  @Test
  void otlpIsAnsweredInTheEncodingOfTheRequest() throws Exception {
    Sender sender = open(null, null, null);
    ExportMetricsServiceRequest request = gauges(1, Double.NaN);

    var binary =
        sender.postForBytes(
            "/v1/metrics", request.toByteArray(), "Content-Type", OtlpEndpoint.PROTOBUF);
    var json =
        sender.post(
            "/v1/metrics",
            JsonFormat.printer().print(request),
            "Content-Type",
            "application/json; charset=utf-8");

    assertThat(binary.statusCode()).isEqualTo(200);
    var partial = ExportMetricsServiceResponse.parseFrom(binary.body()).getPartialSuccess();
    assertThat(partial.getRejectedDataPoints()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).contains("not a number");
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(json.body()).at("/partialSuccess/rejectedDataPoints").asInt())
        .isEqualTo(1);
    assertThat(names(receiver.collect())).containsExactly("g", "g");
  }

  @Test
  void otlpThatIsNoneIsRefused() throws Exception {
    Sender sender = open(null, null, null);

    assertThat(status(sender, "/v1/metrics", "garbage", OtlpEndpoint.PROTOBUF)).isEqualTo(400);
    assertThat(status(sender, "/v1/metrics", "{", JSON_TYPE)).isEqualTo(400);
    assertThat(status(sender, "/v1/metrics", "[".repeat(1_000_000), JSON_TYPE)).isEqualTo(400);
    assertThat(status(sender, "/v1/metrics", "{\"a\":".repeat(300_000), JSON_TYPE)).isEqualTo(400);
    assertThat(status(sender, "/v1/metrics", "x", "text/plain")).isEqualTo(415);
  }

  @Test
  void eventsAreKpis() throws Exception {
    var answer =
        open(null, null, null)
            .post(
                "/api/v1/events",
                "{\"name\":\"order.placed\",\"service\":\"shop\",\"value\":12.5,\"unit\":\"EUR\"}",
                "Content-Type",
                JSON_TYPE);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).get("accepted").intValue()).isEqualTo(1);
    Measurement.Builder figure = receiver.collect().measurements().get(0);
    assertThat(figure.getMeaning()).isEqualTo(Meaning.KPI);
    assertThat(figure.getResourceId()).isEqualTo("service/shop");
  }

  @Test
  void badEventsAreNamedByIndexAndTheOthersTaken() throws Exception {
    var answer =
        open(null, null, null)
            .post(
                "/api/v1/events",
                "[{\"name\":\"a\"},{},{\"name\":\"b\"}]",
                "Content-Type",
                JSON_TYPE);

    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(body.get("accepted").intValue()).isEqualTo(2);
    assertThat(body.at("/errors/0/index").intValue()).isEqualTo(1);
    assertThat(body.at("/errors/0/reason").textValue()).isEqualTo("name is missing");
    assertThat(names(receiver.collect())).containsExactly("a", "b");
  }

  @Test
  void eventsThatAreNoJsonAreRefusedAsAWhole() throws Exception {
    Sender sender = open(null, null, null);

    for (String body :
        List.of("", "x", "5", "[{\"name\":\"a\"}", "[{\"name\":\"a\"},", "{} {}", "[1,2")) {
      assertThat(status(sender, "/api/v1/events", body, JSON_TYPE)).as(body).isEqualTo(400);
    }
    assertThat(status(sender, "/api/v1/events", "[".repeat(1_000_000), JSON_TYPE)).isEqualTo(400);
    assertThat(status(sender, "/api/v1/events", "{\"name\":\"a\"}", "text/plain")).isEqualTo(415);
    assertThat(receiver.collect().measurements()).isEmpty();
  }

  @Test
  void aFullQueueTurnsARequestAwayAsAWhole() throws Exception {
    Sender sender = open(null, 3, null);
    assertThat(sender.post("/write", "a value=1\nb value=2").statusCode()).isEqualTo(204);

    var full = sender.post("/write", "c value=1\nd value=2");

    assertThat(full.statusCode()).isEqualTo(429);
    assertThat(full.headers().firstValue("Retry-After")).contains("1");
    assertThat(sender.post("/write", "e value=1").statusCode()).isEqualTo(204);
    Reading reading = receiver.collect();
    assertThat(names(reading)).containsExactly("a", "b", "e");
    assertThat(reasons(reading)).containsExactly(Reason.OVER_LIMIT);
    assertThat(sender.post("/write", "c value=1\nd value=2").statusCode()).isEqualTo(204);
    assertThat(sender.post("/write", "x a=1,b=2,c=3,d=4").statusCode()).isEqualTo(429);
    receiver.collect();
    assertThat(sender.post("/write", "x a=1,b=2,c=3,d=4").statusCode()).isEqualTo(413);
  }

  @Test
  void aTokenIsTakenInThreeWaysAndNoOther(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "s3cret\n");
    Sender sender = open(null, null, file);
    String basic =
        Base64.getEncoder().encodeToString("user:s3cret".getBytes(StandardCharsets.UTF_8));

    for (String good : List.of("Bearer s3cret", "Token s3cret", "Basic " + basic)) {
      assertThat(sender.post("/write", "a value=1", "Authorization", good).statusCode())
          .as(good)
          .isEqualTo(204);
    }
    for (String bad : List.of("Bearer s3cre", "Bearer", "s3cret", "Digest s3cret", "Basic !!")) {
      assertThat(sender.post("/write", "a value=1", "Authorization", bad).statusCode())
          .as(bad)
          .isEqualTo(401);
    }
    var none = sender.post("/v1/metrics", "");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(sender.send("GET", "/ping").statusCode()).isEqualTo(204);
    Reading reading = receiver.collect();
    assertThat(reading.measurements()).hasSize(3);
    assertThat(reasons(reading)).containsOnly(Reason.REFUSED).hasSize(6);
  }

  @Test
  void aPageInABrowserCannotSend() throws Exception {
    assertThat(
            open(null, null, null)
                .post("/write", "a value=1", "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    open(null, null, null);
    ReceiverConfig same =
        new ReceiverConfig(null, receiver.port(), null, null, null, null, null, null, null, null);
    ReceiverCollector second = Receivers.receiver(same);

    assertThatThrownBy(second::open)
        .isInstanceOf(CollectorException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1 port " + receiver.port());
    receiver.close();
    second.open();
    receiver = second;
    assertThat(new Sender(second.port()).send("GET", "/ping").statusCode()).isEqualTo(204);
  }

  private Sender open(Integer bodyLimit, Integer queueLimit, Path token) throws Exception {
    receiver = Receivers.receiver(Receivers.config(bodyLimit, queueLimit, token));
    receiver.open();
    return new Sender(receiver.port());
  }

  private static int status(Sender sender, String path, String body, String type) throws Exception {
    return sender.post(path, body, "Content-Type", type).statusCode();
  }

  private static ExportMetricsServiceRequest gauges(double... values) {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (double value : values) {
      gauge.addDataPoints(NumberDataPoint.newBuilder().setAsDouble(value));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(Metric.newBuilder().setName("g").setGauge(gauge))))
        .build();
  }

  private static List<String> names(Reading reading) {
    return reading.measurements().stream().map(Measurement.Builder::getName).toList();
  }

  private static List<Reason> reasons(Reading reading) {
    return reading.problems().stream().map(Problem::reason).toList();
  }
}
