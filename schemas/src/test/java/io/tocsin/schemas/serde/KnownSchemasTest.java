package io.tocsin.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that knows all schemas but one, and can go away. */
class KnownSchemasTest {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile String unknown = "none";
  private HttpServer registry;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext("/", this::answer);
    registry.start();
    cluster = new Cluster("127.0.0.1:1", "http://127.0.0.1:" + registry.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void whoHasAskedForAllOnceNeedsNoRegistryAnyMore() {
    assertThat(new SchemaRegistration(cluster).missing()).isEmpty();
    registry.stop(0);
    try (TopicSerializer<Probe> serializer = new TopicSerializer<>(Topics.PROBES, cluster);
        RecordDecoder<Probe> decoder = new RecordDecoder<>(Topics.PROBES, cluster)) {
      Probe probe = Examples.probe(Health.DOWN, Examples.NOON);
      assertThat(decoder.decode(serializer.serialize(probe))).isEqualTo(new Decoded.Value<>(probe));
    }
  }

  @Test
  void nothingIsAskedTwice() {
    new SchemaRegistration(cluster).missing();
    assertThat(asked).hasValue(Topics.all().size());
    new SchemaRegistration(cluster).learn();
    assertThat(asked).hasValue(Topics.all().size());
  }

  @Test
  void aSchemaThatIsNotThereIsNamedAndAskedForAgain() {
    unknown = Topics.PROBES.subject();
    assertThat(new SchemaRegistration(cluster).missing()).containsExactly(unknown);
    unknown = "none";
    assertThat(new SchemaRegistration(cluster).missing()).isEmpty();
  }

  @Test
  void aRegistryThatIsAwayIsSaidOnlyWhereSomebodyHasToKnow() {
    registry.stop(0);
    SchemaRegistration registration = new SchemaRegistration(cluster);
    registration.learn();
    assertThatThrownBy(registration::missing)
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(Topics.all().get(0).subject());
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String subject = exchange.getRequestURI().getPath().substring("/subjects/".length());
    exchange.getRequestBody().readAllBytes();
    boolean there = !subject.equals(unknown);
    byte[] body =
        (there
                ? "{\"subject\": \"%s\", \"version\": 1, \"id\": %d}"
                    .formatted(subject, subject.hashCode() & 0xffff)
                : "{\"error_code\": 40403, \"message\": \"Schema not found\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(there ? 200 : 404, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
