package io.tocsin.alerting.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tocsin.alerting.healing.audit.AuditChain;
import io.tocsin.alerting.healing.audit.AuditHead;
import io.tocsin.alerting.healing.audit.AuditVerdict;
import io.tocsin.schemas.AuditEntry;
import io.tocsin.schemas.AuditKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.serde.Decoded;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FencedLogTest {

  private static final Cluster CLUSTER = new Cluster("none", "mock://fenced-log");
  private static final long EPOCH = 7;

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final FencedLog log =
      new FencedLog(
          new Transactions(CLUSTER, producer), Clock.fixed(HealExamples.NOON, ZoneOffset.UTC));

  @BeforeAll
  static void register() {
    new SchemaRegistration(CLUSTER).registerAll();
  }

  private void begin() {
    log.fence();
    log.begin(AuditHead.NONE, EPOCH, "mode AUTO");
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static HealResult intent(String plan) {
    return HealExamples.result(plan, HealOutcome.INTENT, HealExamples.NOON);
  }

  private static AuditNote note(String plan) {
    return AuditNote.of(AuditKind.DECIDED, intent(plan), List.of("form"));
  }

  private <V extends SpecificRecord> List<V> committed(Topic<V> topic) {
    List<V> values = new ArrayList<>();
    try (TopicDeserializer<V> deserializer = new TopicDeserializer<>(topic, CLUSTER)) {
      for (ProducerRecord<byte[], byte[]> record : List.copyOf(producer.history())) {
        if (record.topic().equals(topic.name())) {
          values.add(((Decoded.Value<V>) deserializer.decodeOrWait(record.value())).value());
        }
      }
    }
    return values;
  }

  @Test
  void aStepAndWhatTheAuditSaysOfItAreSafeTogether() {
    begin();
    log.append(intent("p"), note("p")).join();
    assertThat(committed(Topics.HEAL_RESULTS))
        .singleElement()
        .satisfies(result -> assertThat(result.getEpoch()).isEqualTo(EPOCH));
    List<AuditEntry> audit = committed(Topics.AUDIT);
    assertThat(audit)
        .extracting(AuditEntry::getKind)
        .containsExactly(AuditKind.STARTED, AuditKind.DECIDED);
    assertThat(audit).extracting(AuditEntry::getActor).containsOnly("responder/7");
    assertThat(AuditChain.verify(audit)).isInstanceOf(AuditVerdict.Good.class);
  }

  @Test
  void whatManyAppendAtOnceIsOneChain() {
    begin();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(log.append(intent("p" + i), note("p" + i)));
    }
    all.forEach(CompletableFuture::join);
    assertThat(committed(Topics.HEAL_RESULTS)).hasSize(200);
    List<AuditEntry> audit = committed(Topics.AUDIT);
    assertThat(audit).hasSize(201);
    assertThat(AuditChain.verify(audit)).isInstanceOf(AuditVerdict.Good.class);
    assertThat(producer.commitCount()).isLessThanOrEqualTo(201);
  }

  @Test
  void theChainGoesOnFromTheHeadThatWasThere() {
    log.fence();
    AuditHead before = new AuditHead(41, "a".repeat(64));
    log.begin(before, EPOCH, "mode AUTO");
    assertThat(committed(Topics.AUDIT))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getSequence()).isEqualTo(42);
              assertThat(entry.getPreviousHash()).isEqualTo(before.hash());
            });
  }

  @Test
  void aFencedLogRefusesEverythingFromThenOn() {
    begin();
    producer.fenceProducer();
    assertThatThrownBy(() -> log.append(intent("p"), note("p")).join())
        .hasCauseInstanceOf(FencedException.class);
    await().until(log::isFenced);
    assertThatThrownBy(() -> log.append(intent("q"), null).join())
        .hasCauseInstanceOf(FencedException.class);
    assertThat(committed(Topics.HEAL_RESULTS)).isEmpty();
  }

  @Test
  void oneThatIsFencedBeforeItBeginsDoesNotBegin() {
    log.fence();
    producer.fenceProducer();
    assertThatThrownBy(() -> log.begin(AuditHead.NONE, EPOCH, "mode AUTO"))
        .isInstanceOf(FencedException.class);
  }

  @Test
  void aBrokerThatDoesNotAnswerForAWhileIsAskedAgain() {
    begin();
    producer.commitTransactionException = new TimeoutException("no answer");
    CompletableFuture<Void> safe = log.append(intent("p"), note("p"));
    assertThat(safe).isNotDone();
    producer.commitTransactionException = null;
    safe.join();
    assertThat(committed(Topics.HEAL_RESULTS)).hasSize(1);
  }

  @Test
  void aTransactionThatIsAbortedFailsItsStepsAndTheChainGoesOnWithoutThem() {
    begin();
    producer.commitTransactionException = new org.apache.kafka.common.KafkaException("no room");
    assertThatThrownBy(() -> log.append(intent("p"), note("p")).join())
        .hasCauseInstanceOf(Transactions.Aborted.class);
    producer.commitTransactionException = null;
    log.append(intent("q"), note("q")).join();
    assertThat(AuditChain.verify(committed(Topics.AUDIT))).isInstanceOf(AuditVerdict.Good.class);
    assertThat(committed(Topics.AUDIT)).extracting(AuditEntry::getPlanId).containsExactly("", "q");
  }

  @Test
  void afterItIsClosedItSaysSo() {
    begin();
    log.close();
    assertThatThrownBy(() -> log.append(intent("p"), null).join()).hasMessageContaining("stopping");
  }
}
