package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tocsin.collectors.agent.Verdict.Poison;
import io.tocsin.collectors.agent.Verdict.Retry;
import io.tocsin.collectors.agent.Verdict.Suspect;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Cluster;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void aBrokerThatIsAwayIsWaitedFor() {
    assertThat(Verdict.of(new TimeoutException("none"))).isEqualTo(new Retry("broker-timeout"));
    assertThat(Verdict.of(new CompletionException(new NotEnoughReplicasException("1"))))
        .isEqualTo(new Retry("send-failed"));
    assertThat(Verdict.of(new IllegalStateException("closed"))).isInstanceOf(Retry.class);
  }

  @Test
  void aRegistryThatIsAwayOrDoesNotKnowTheSchemaYetIsWaitedFor() {
    Retry away = new Retry("registry-away");
    assertThat(Verdict.of(serialization(new ConnectException("refused")))).isEqualTo(away);
    assertThat(Verdict.of(serialization(new RestClientException("busy", 503, 50301))))
        .isEqualTo(away);
    assertThat(Verdict.of(serialization(new RestClientException("no such subject", 404, 40401))))
        .isEqualTo(new Retry("schema-not-registered"));
    assertThat(Verdict.of(serialization(new NullPointerException("required"))))
        .isEqualTo(new Poison("schema"));
  }

  @Test
  void aRecordThatWillNeverBeTakenIsPoison() {
    assertThat(Verdict.of(new RecordTooLargeException("2 MB"))).isEqualTo(new Poison("too-large"));
  }

  @Test
  void aRefusalMayBeForAnotherRecordOfTheBatch() {
    assertThat(Verdict.of(new InvalidTimestampException("future"))).isInstanceOf(Suspect.class);
    assertThat(Verdict.of(new KafkaException("else"))).isInstanceOf(Suspect.class);
  }

  @Test
  void whoMayNotWriteYetMayLaterSoThatNothingIsGivenUp() {
    TopicAuthorizationException no = new TopicAuthorizationException("no");
    Cluster cluster = new Cluster("kafka:9093", "http://registry:8081");

    assertThat(Verdict.of(no)).isEqualTo(new Retry("not-authorized"));
    assertThat(Verdict.of(RefusedException.in(no, cluster).orElseThrow()))
        .isEqualTo(new Retry("not-authorized"));
    assertThat(
            Verdict.of(
                RefusedException.in(new SaslAuthenticationException("no"), cluster).orElseThrow()))
        .isEqualTo(new Retry("not-authenticated"));
  }

  private static SerializationException serialization(Throwable cause) {
    return new SerializationException("Error serializing Avro message", cause);
  }
}
