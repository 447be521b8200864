package io.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.delivery.signal.PipelineReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiAnswerTest {

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void lagLettersRefusalsAndIncidentsAreTaken() throws Exception {
    JsonNode pipeline =
        json(
            """
            {'lag': [{'group': 'g', 'topic': 't', 'lag': 3}],
             'deadLetters': [{'topic': 't', 'partition': 1, 'offset': 9, 'stage': 's',
                              'reason': 'no\\nway', 'at': '2026-01-01T00:00:00Z'}],
             'refusals': [{'topology': 'x', 'reason': 'late', 'agent': 'a', 'count': 4}]}
            """);
    JsonNode incident =
        json(
            """
            {'id': 'i', 'rule': 'r', 'service': 'tocsin', 'priority': 'P1', 'summary': 'down',
             'startedAt': '2026-01-01T00:00:01Z'}
            """);
    assertThat(ApiAnswer.of(pipeline, List.of(incident)))
        .isEqualTo(
            new PipelineReading.Known(
                Map.of("g/t", 3L),
                List.of(
                    new PipelineReading.Letter(
                        "t/1/9", "s", "no way", Instant.parse("2026-01-01T00:00:00Z"))),
                true,
                Map.of("x/late/a", 4L),
                List.of(
                    new PipelineReading.OpenIncident(
                        "i", "r", "tocsin", "P1", "down", Instant.parse("2026-01-01T00:00:01Z")))));
  }

  @Test
  void whatIsNotKnownOrNotTheApiIsSilence() throws Exception {
    assertThat(ApiAnswer.of(json("{'ready': true}"), List.of()))
        .isEqualTo(new PipelineReading.Silent("what answers there is not Tocsin's API"));
    assertThat(
            ApiAnswer.of(
                json("{'lag': [], 'deadLetters': [], 'lagProblem': 'the broker is away'}"),
                List.of()))
        .isEqualTo(new PipelineReading.Silent("lag is not known: the broker is away"));
    assertThat(ApiAnswer.of(json("{'lag': [], 'deadLetters': [{'at': 'noon'}]}"), List.of()))
        .isInstanceOf(PipelineReading.Silent.class);
  }
}
