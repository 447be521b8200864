package io.tocsin.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.FindingCounts;
import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.PolicyEffect;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecuritySource;
import io.tocsin.schemas.SevereFinding;
import io.tocsin.schemas.Severity;
import io.tocsin.schemas.Violation;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.ExampleServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

public final class SecurityApiTest {

  private final ExampleServer server = new ExampleServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  public static Violation violation(String id, PolicyEffect effect, String policy) {
    return Violation.newBuilder()
        .setId(id)
        .setEventId("e")
        .setAt(ExampleServer.NOW)
        .setPolicy(policy)
        .setEffect(effect)
        .setSeverity(Severity.HIGH)
        .setResourceId("container/web-1")
        .setKind(ResourceKind.CONTAINER)
        .setAction("exec")
        .setSource(SecuritySource.DOCKER)
        .setReason("<script>")
        .build();
  }

  public static ImageFindings scan(String image, int critical) {
    return ImageFindings.newBuilder()
        .setImage(image)
        .setScan("s")
        .setScannedAt(ExampleServer.NOW)
        .setNewCritical(critical)
        .setNewHigh(0)
        .setNewFindings(List.of(new SevereFinding("f", "CVE-2026-1", Severity.CRITICAL)))
        .setTotals(new FindingCounts(critical, 0, 3, 0, 0))
        .build();
  }

  @Test
  void violationsAreNewestFirstAndCanBeNarrowed() throws Exception {
    server.take(Topics.VIOLATIONS, violation("a", PolicyEffect.DENY, "baseline"));
    server.take(Topics.VIOLATIONS, violation("b", PolicyEffect.AUDIT, null));

    JsonNode all = server.json("/api/v1/violations");

    assertThat(all.path(0).path("id").asText()).isEqualTo("b");
    assertThat(all.path(0).path("policy").isNull()).isTrue();
    assertThat(server.json("/api/v1/violations?decision=DENY")).hasSize(1);
    assertThat(server.json("/api/v1/violations?policy=baseline")).hasSize(1);
    assertThat(server.json("/api/v1/violations?resource=container/web-1")).hasSize(2);
    assertThat(server.get("/api/v1/violations?decision=allow").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/violations?after=gone").statusCode()).isEqualTo(400);
  }

  @Test
  void imagesWithTheWorstNewsComeFirst() throws Exception {
    server.take(Topics.IMAGE_FINDINGS, scan("calm:1", 0));
    server.take(Topics.IMAGE_FINDINGS, scan("bad:1", 2));

    JsonNode images = server.json("/api/v1/images");

    assertThat(images.path(0).path("image").asText()).isEqualTo("bad:1");
    assertThat(images.path(0).path("totals").path("medium").asInt()).isEqualTo(3);
    assertThat(images.path(0).path("newFindings").path(0).path("name").asText())
        .isEqualTo("CVE-2026-1");
    assertThat(images.path(0).path("fixed").isNull()).isTrue();
  }

  @Test
  void policiesAndTheReportAreThereBeforeAnythingWasDone() throws Exception {
    assertThat(server.get("/api/v1/policies").body()).isEqualTo("[]");
    assertThat(server.get("/api/v1/security/report").body()).contains("there is no report yet");
  }
}
