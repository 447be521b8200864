package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.ClusterSecurity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job goes over the network and lies in Flink's high-availability store: it tells no secret. */
class JobSecretsTest {

  private static final String PASSWORD = "hunter-of-brokers";
  private static final String REGISTRY = "hunter-of-schemas";
  private static final String KEY = "hunterofkeys";

  @TempDir private Path directory;

  @Test
  void aJobThatGoesToAClusterHasPlacesOfSecretsAndNoSecretsInIt() throws Exception {
    Cluster cluster =
        new Cluster(
            "kafka:9093",
            "https://registry:8443",
            new ClusterSecurity(
                file("ca", "-----BEGIN CERTIFICATE-----").toString(),
                file("certificate", "-----BEGIN CERTIFICATE-----").toString(),
                SecretRef.in(file("key", "-----BEGIN PRIVATE KEY-----\n" + KEY)),
                "alerting",
                SecretRef.in(file("password", PASSWORD)),
                new ClusterSecurity.RegistryAccount(
                    "alerting", SecretRef.in(file("registry", REGISTRY)))));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(AlertingJob.settings(1));
    AlertingJob.define(env, cluster, new AlertingConfig(List.of(), List.of()), Clock.systemUTC());

    JobGraph graph = env.getStreamGraph().getJobGraph();
    String travels =
        new String(InstantiationUtil.serializeObject(graph), StandardCharsets.ISO_8859_1);

    assertThat(travels).contains(directory.resolve("password").toString());
    for (String secret : List.of(PASSWORD, REGISTRY, KEY, base64("alerting:" + REGISTRY))) {
      assertThat(travels.contains(secret)).as(secret).isFalse();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }
}
