package io.tocsin.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.secret.SecretRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterSecurityTest {

  private static final String PASSWORD = "hunter\"2\\x";

  @TempDir private Path directory;

  private Cluster cluster() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    Files.writeString(directory.resolve("ca.pem"), "the authority");
    return new Cluster(
        "kafka:9093",
        "https://registry:8443",
        new ClusterSecurity(
            directory.resolve("ca.pem").toString(), null, null, "web-1", SecretRef.in(file), null));
  }

  private static ProducerConfig asKafkaReadsIt(Map<String, Object> settings) {
    settings.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    settings.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    return new ProducerConfig(settings);
  }

  @Test
  void aClientFindsThePasswordWhereItStands() throws Exception {
    ProducerConfig config = asKafkaReadsIt(cluster().clientSettings());

    assertThat(config.getString("security.protocol")).isEqualTo("SASL_SSL");
    assertThat(config.getPassword("ssl.truststore.certificates").value())
        .isEqualTo("the authority");
    Password jaas = config.getPassword("sasl.jaas.config");
    Object read =
        JaasContext.loadClientContext(Map.of("sasl.jaas.config", jaas))
            .configurationEntries()
            .get(0)
            .getOptions()
            .get("password");
    assertThat(read).isEqualTo(PASSWORD);
  }

  @Test
  void neitherItsSettingsNorItselfTellThePassword() throws Exception {
    Cluster cluster = cluster();
    ByteArrayOutputStream travels = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(travels)) {
      out.writeObject(cluster);
    }

    assertThat(cluster.clientSettings().toString() + cluster).doesNotContain("hunter");
    assertThat(travels.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter");
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(travels.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(cluster);
    }
  }

  @Test
  void aSecretThatIsNotThereIsNamedByItsPlace() throws Exception {
    Cluster cluster = cluster();
    Files.delete(directory.resolve("password"));

    assertThatThrownBy(() -> asKafkaReadsIt(cluster.clientSettings()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(directory.resolve("password").toString());
  }

  @Test
  void halfAnAccountOrHalfACertificateIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClusterSecurity(null, null, null, "web-1", null, null))
        .withMessageContaining("password");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClusterSecurity(null, "web.pem", null, null, null, null))
        .withMessageContaining("key");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ClusterSecurity(
                    null, null, null, "x\" y=\"", new SecretRef(null, "PASSWORD"), null))
        .withMessageContaining("letters");
  }
}
