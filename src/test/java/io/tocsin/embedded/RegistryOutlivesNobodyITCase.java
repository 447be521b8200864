package io.tocsin.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RegistryOutlivesNobodyITCase {

  @TempDir Path temp;
  private final int port = Ports.free().registry();

  @Test
  void theRegistryEndsWithAParentThatIsKilledAndKeepsTheIdItJustGave() throws Exception {
    int first = registerAndKill("first");
    int second = registerAndKill("second");
    int third = registerAndKill("first");
    assertThat(second).isGreaterThan(first);
    assertThat(third).isEqualTo(first);
  }

  /** Starts parent and registry, registers a schema, and kills the parent the same instant. */
  private int registerAndKill(String name) throws Exception {
    Process parent = startParent();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      long registry = Long.parseLong(out.readLine());
      String schema = "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}";
      int id =
          new CachedSchemaRegistryClient("http://127.0.0.1:" + port + "/apis/ccompat/v7", 10)
              .register(name + "-value", new AvroSchema(schema));
      parent.destroyForcibly().waitFor();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ProcessHandle.of(registry).filter(ProcessHandle::isAlive).isEmpty());
      return id;
    } finally {
      parent.destroyForcibly();
    }
  }

  private Process startParent() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            ParentMain.class.getName(),
            temp.toString(),
            EmbeddedPartsITCase.distribution().toString(),
            String.valueOf(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
