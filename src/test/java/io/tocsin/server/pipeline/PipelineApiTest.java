package io.tocsin.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.ExampleServer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

public final class PipelineApiTest {

  private static final Instant NOW = ExampleServer.NOW;

  public static RefusedCount refused(long count, Instant to) {
    return RefusedCount.newBuilder()
        .setTopology("efficiency")
        .setReason("late")
        .setAgent("agent-1")
        .setCount(count)
        .setLastResourceId("host/web-1")
        .setLastAt("tocsin.samples-0@7")
        .setFrom(to.minusSeconds(60))
        .setTo(to)
        .build();
  }

  public static DeadLetter letter(long offset) {
    return DeadLetter.newBuilder()
        .setStage("streams")
        .setTopic("tocsin.samples")
        .setPartition(0)
        .setOffset(offset)
        .setRecordedAt(NOW)
        .setAt(NOW)
        .setReason("no Avro\n" + "x".repeat(2_000))
        .build();
  }

  @Test
  void tellsWhatWaitsWhatWasLeftOutAndWhatCouldNotBeUsed() throws Exception {
    try (ExampleServer server = new ExampleServer()) {
      server.meters.counter("tocsin.recorder.points", "outcome", "stored").increment(3);
      server.meters.counter("foreign.figure").increment();
      server.take(Topics.REFUSALS, refused(4, NOW));
      server.take(Topics.REFUSALS, refused(4, NOW));
      server.take(Topics.REFUSALS, refused(2, NOW.plusSeconds(60)));
      server.take(Topics.DEAD_LETTERS, letter(1));
      server.take(Topics.DEAD_LETTERS, letter(2));

      JsonNode pipeline = server.json("/api/v1/pipeline");

      assertThat(pipeline.path("ready").asBoolean()).isTrue();
      assertThat(pipeline.path("lag").path(0).path("lag").asInt()).isEqualTo(3);
      assertThat(pipeline.path("refusals").path(0).path("count").asInt()).isEqualTo(6);
      assertThat(pipeline.path("deadLetters").path(0).path("offset").asInt()).isEqualTo(2);
      assertThat(pipeline.path("deadLetters").path(0).path("reason").asText())
          .hasSizeLessThanOrEqualTo(500)
          .doesNotContain("\n");
      assertThat(pipeline.path("meters").path("tocsin.recorder.points{outcome=stored}").asInt())
          .isEqualTo(3);
      assertThat(pipeline.path("meters").has("foreign.figure")).isFalse();
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerHidesNothingElse() throws Exception {
    LagSource away =
        () -> {
          throw new LagUnknownException("the broker does not answer", null);
        };
    try (ExampleServer server = new ExampleServer((rules, from, to) -> null, away)) {
      JsonNode pipeline = server.json("/api/v1/pipeline");

      assertThat(pipeline.path("lag")).isEmpty();
      assertThat(pipeline.path("lagProblem").asText()).isEqualTo("the broker does not answer");
      assertThat(pipeline.path("parts").path("streams").asText()).isEqualTo("UP");
    }
  }
}
