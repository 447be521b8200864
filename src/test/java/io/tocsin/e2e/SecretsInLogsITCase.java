package io.tocsin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.canary.Canary;
import io.tocsin.schemas.exchange.TopicReader;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipeline full of secrets in which much goes wrong: receivers that are away, senders with wrong
 * tokens, readings with passwords in them. None of it is in a topic; that none is in a log, {@code
 * CanaryWatch} sees to.
 */
class SecretsInLogsITCase {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;

  private final Map<String, String> secrets = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int receiver = TestInstallation.freePorts(1).get(0);

  private String secret(String what) {
    return secrets.computeIfAbsent(what, Canary::secret);
  }

  private String file(String what) throws Exception {
    Path file = directory.resolve(what.replace(' ', '-'));
    return Files.writeString(file, secret(what)).toString();
  }

  private String slackHook() throws Exception {
    String url = "http://127.0.0.1:1/services/" + secret("slack webhook");
    return Files.writeString(directory.resolve("slack"), url).toString();
  }

  private String configuration() throws Exception {
    return """
        agent: {id: pipeline}
        collectors:
          app: {receiver: {port: %d, token-file: %s}}
        checks:
          - {id: shop, service: shop, tier: core, interval: 1s, timeout: 400ms,
             http: {url: "http://127.0.0.1:1/?token=%s"}}
        notifications:
          allow-private: ["127.0.0.1"]
          channels:
            - {name: hook, via: {webhook: {url: "http://127.0.0.1:1/x", token: {file: %s}}}}
            - {name: signed, via: {webhook: {url: "http://127.0.0.1:1/y", secret: {file: %s}}}}
            - {name: chat, via: {slack: {webhook: {file: %s}}}}
            - {name: pager, via: {pagerduty: {url: "http://127.0.0.1:1", routing-key: {file: %s}}}}
            - {name: mail, via: {email: {host: 127.0.0.1, port: 1, security: starttls, from: a@b.example,
               to: [c@d.example], username: tocsin, password: {file: %s}}}}
          route: {channels: [hook, signed, chat, pager, mail]}
        """
        .formatted(
            receiver,
            file("receiver token"),
            secret("token in the address of a check"),
            file("webhook token"),
            file("webhook secret"),
            slackHook(),
            file("pagerduty key"),
            file("mail password"));
  }

  private int send(int port, String path, String token, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void whatIsSecretIsInNoTopicAndNoLog() throws Exception {
    TestInstallation installation = new TestInstallation(directory);
    installation.configure(configuration());
    try (TocsinProcess pipeline = installation.up()) {
      String line =
          "orders,password=%s,card=ok,command=login\\ --token\\ %s value=1"
              .formatted(secret("label"), secret("word of a command"));
      assertThat(send(receiver, "/api/v2/write", secret("wrong token"), line)).isEqualTo(401);
      assertThat(send(receiver, "/api/v2/write", secret("receiver token"), line)).isEqualTo(204);
      send(installation.apiPort(), "/api/v1/silences", secret("wrong api token"), "{");
      await("a page has failed on its ways")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(pipeline.isAlive()).as(pipeline::report).isTrue())
          .until(() -> installation.text("/metrics").contains("tocsin_notify"));
      Set<String> topics = new HashSet<>();
      StringBuilder all = new StringBuilder();
      await("the line with its label and the incident are in their topics")
          .atMost(PATIENCE)
          .until(
              () -> {
                read(installation, topics, all);
                return all.indexOf("[masked password]") > 0
                    && topics.contains(Topics.DELIVERIES.name())
                    && topics.contains(Topics.PROBES.name());
              });
      secrets.forEach(
          (what, secret) -> assertThat(all.indexOf(secret)).as("place of " + what).isNegative());
      assertThat(installation.text("/api/v1/incidents")).doesNotContain(secrets.values());
    }
  }

  private static void read(TestInstallation installation, Set<String> topics, StringBuilder all)
      throws Exception {
    all.setLength(0);
    Set<Topic<?>> every = new HashSet<>(Topics.all());
    try (TopicReader reader =
        TopicReader.fromBeginning(installation.cluster(), "test", Clock.systemUTC(), every)) {
      for (int quiet = 0; quiet < 3; ) {
        var batch = reader.poll(Duration.ofMillis(300));
        quiet = batch.isEmpty() ? quiet + 1 : 0;
        if (all.length() > 50_000_000) {
          throw new AssertionError("more than a test writes");
        }
        batch.forEach(
            received -> {
              topics.add(received.topic().name());
              all.append(received.value()).append('\n');
            });
        if (reader.lag() == 0) {
          break;
        }
      }
    }
  }
}
