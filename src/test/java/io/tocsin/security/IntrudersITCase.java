package io.tocsin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tocsin.embedded.Secret;
import io.tocsin.pipeline.Broker;
import io.tocsin.schemas.exchange.ProducerSettings;
import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.exchange.TopicCreation;
import io.tocsin.schemas.exchange.TopicWriter;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.ClusterSecurity;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.tls.TestAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Those who should not get in at a real broker, and those who are in and want more. */
@Timeout(300)
class IntrudersITCase {

  private static final String NO_REGISTRY = "https://127.0.0.1:9/nobody-asks-it";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] FORGED = {1, 2, 3};

  @TempDir static Path directory;
  private static TestAuthority authority;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    authority = new TestAuthority(directory, "ours");
    broker = new SecuredBroker(directory, authority, NO_REGISTRY);
    try (Accounts accounts = new Accounts(broker.admin())) {
      for (Actor actor : Actor.single()) {
        accounts.put("tocsin-" + actor.word(), Secret.in(password("tocsin-" + actor.word())));
      }
      for (String id : List.of("web-1", "web-2")) {
        accounts.put("agent." + id, Secret.in(password("agent." + id)));
      }
      assertThat(accounts.names()).contains("admin", "agent.web-1", "tocsin-streams");
    }
    Grants grants = Grants.of(Principals.usual(), List.of("web-1"), List.of(), false);
    try (BrokerAcls acls = new BrokerAcls(broker.admin())) {
      acls.add(List.copyOf(grants.bindings()));
      assertThat(grants.from(acls.of(grants.principals())).isNone()).isTrue();
    }
    new TopicCreation(as(Actor.ADMIN), (short) 1).createMissing();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Path password(String user) {
    return directory.resolve(user + ".password");
  }

  private static Cluster as(String user) {
    return broker.account(user, password(user));
  }

  private static Cluster as(Actor actor) {
    return as(actor == Actor.AGENT ? "agent.web-1" : "tocsin-" + actor.word());
  }

  /** How our own stages tell it when they start. */
  private static Broker.Unfit told(Cluster cluster) {
    return (Broker.Unfit) catchThrowable(() -> new Broker(cluster).check(Actor.AGENT));
  }

  @Test
  void aCertificateThatHasExpiredOrIsOfAnotherAuthorityIsRefused() throws Exception {
    Broker.Unfit expired = told(broker.certificate(authority.expired("agent.old")));
    assertThat(expired.kind()).isEqualTo(Broker.Unfit.Kind.REFUSED);
    assertThat(expired).hasMessageContaining("agent.old.pem").hasMessageContaining("expired");

    TestAuthority others = new TestAuthority(directory, "others");
    Broker.Unfit foreign = told(broker.certificate(others.client("agent.foreign")));
    assertThat(foreign.kind()).isEqualTo(Broker.Unfit.Kind.REFUSED);
    assertThat(foreign).hasMessageContaining("agent.foreign.pem");
  }

  @Test
  void aCertificateThatIsGoodIsAPrincipalAndMayDoNothingUntilItIsGranted() throws Exception {
    Cluster agent = broker.certificate(authority.client("agent.certified"));
    assertThat(told(agent))
        .hasMessageContaining("tocsin.samples")
        .hasMessageContaining("agent.certified.pem")
        .hasMessageContaining("tocsin acls");
    Principals certificates = Principals.of(Map.of(Actor.AGENT, "User:CN=agent.{id}"));
    try (BrokerAcls acls = new BrokerAcls(broker.admin())) {
      acls.add(
          Grants.of(certificates, List.of("certified"), List.of(), false).bindings().stream()
              .filter(binding -> binding.entry().principal().startsWith("User:CN="))
              .toList());
    }
    try (KafkaProducer<byte[], byte[]> producer = producer(agent)) {
      await().atMost(PATIENCE).until(() -> refusal(producer, Topics.SAMPLES) == null);
    }
  }

  @Test
  void aClientInPlainTextHearsThatItNeedsTls() {
    Broker.Unfit unfit = told(broker.plainText());
    assertThat(unfit.kind()).isEqualTo(Broker.Unfit.Kind.REFUSED);
    assertThat(unfit).hasMessageContaining("speaks TLS").hasMessageContaining("cluster.security");
  }

  @Test
  void aBrokerOfAnAuthorityThatIsNotKnownIsNotBelieved() throws Exception {
    TestAuthority others = new TestAuthority(directory, "strangers");
    ClusterSecurity right = as(Actor.AGENT).security();
    ClusterSecurity wrong =
        new ClusterSecurity(
            others.ca().toString(), null, null, right.user(), right.password(), null);
    Broker.Unfit unfit = told(new Cluster(as(Actor.AGENT).bootstrapServers(), NO_REGISTRY, wrong));
    assertThat(unfit.kind()).isEqualTo(Broker.Unfit.Kind.REFUSED);
    assertThat(unfit).hasMessageContaining("authority").hasMessageContaining("cluster.security");
  }

  @Test
  void aWrongPasswordAndAnUnknownAccountAreToldApartFromABrokerThatIsAway() throws Exception {
    for (Cluster cluster :
        List.of(broker.account("agent.web-1", "guess"), broker.account("agent.nobody", "guess"))) {
      Broker.Unfit unfit = told(cluster);
      assertThat(unfit.kind()).isEqualTo(Broker.Unfit.Kind.REFUSED);
      assertThat(unfit)
          .hasMessageContaining("the account " + cluster.security().user())
          .hasMessageContaining("cluster.security.password")
          .hasMessageNotContaining("guess");
    }
  }

  /** Asked of the broker, for everybody and every topic. */
  @Test
  void theBrokerAllowsEachWhatTheTableSaysAndNothingElse() throws Exception {
    for (Actor actor : Actor.values()) {
      Map<String, Set<AclOperation>> expected = new TreeMap<>();
      for (Topic<?> topic : Topics.all()) {
        Set<AclOperation> operations = new TreeSet<>();
        for (AclOperation operation : AclOperation.values()) {
          if (Rights.may(actor, topic.name(), operation)) {
            operations.add(operation);
            operations.add(AclOperation.DESCRIBE);
          }
        }
        // To create is nothing that one does to a topic that is there.
        operations.remove(AclOperation.CREATE);
        expected.put(topic.name(), operations);
      }
      assertThat(allowed(as(actor))).as(actor.word()).isEqualTo(expected);
    }
  }

  private static Map<String, Set<AclOperation>> allowed(Cluster cluster) throws Exception {
    Map<String, Set<AclOperation>> allowed = new TreeMap<>();
    try (Admin admin = Admin.create(cluster.clientSettings())) {
      Map<String, KafkaFuture<TopicDescription>> answers =
          admin
              .describeTopics(
                  Topics.all().stream().map(Topic::name).toList(),
                  new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
        try {
          Set<AclOperation> operations = answer.getValue().get().authorizedOperations();
          operations = new TreeSet<>(operations);
          operations.remove(AclOperation.CREATE);
          allowed.put(answer.getKey(), operations);
        } catch (ExecutionException hidden) {
          assertThat(hidden).hasCauseInstanceOf(TopicAuthorizationException.class);
          allowed.put(answer.getKey(), Set.of());
        }
      }
    }
    return allowed;
  }

  @Test
  void nobodyButAlertingWritesAHealPlan() throws Exception {
    Map<Actor, Throwable> answers = new EnumMap<>(Actor.class);
    for (Actor actor : Actor.values()) {
      try (KafkaProducer<byte[], byte[]> producer = producer(as(actor))) {
        answers.put(actor, refusal(producer, Topics.HEAL_PLANS));
      }
    }
    assertThat(answers.remove(Actor.ALERTING)).isNull();
    assertThat(answers.values()).allMatch(AuthorizationException.class::isInstance);
    assertThat(WatchedAuthorizer.denied("User:agent.web-1").stream())
        .anyMatch(line -> line.contains("TOPIC tocsin.heal-plans"));
  }

  @Test
  void anAgentWritesNoRulesAndCommandsAndReadsNoIncidents() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(as(Actor.AGENT))) {
      for (Topic<?> topic : List.of(Topics.RULES, Topics.COMMANDS, Topics.INCIDENTS)) {
        assertThat(refusal(producer, topic)).isInstanceOf(TopicAuthorizationException.class);
      }
      // The refusals have not harmed what it may do.
      assertThat(refusal(producer, Topics.SAMPLES)).isNull();
    }
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(as(Actor.AGENT), null)) {
      consumer.assign(List.of(new TopicPartition(Topics.INCIDENTS.name(), 0)));
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void nobodyTakesAPlaceInTheGroupOfAnotherStage() {
    for (Actor actor : List.of(Actor.AGENT, Actor.STREAMS, Actor.SERVER)) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(as(actor), "tocsin-responder")) {
        consumer.subscribe(List.of(Topics.PROBES.name()));
        Throwable answer = catchThrowable(() -> consumer.poll(Duration.ofSeconds(20)));
        assertThat(answer)
            .as(actor.word())
            .isInstanceOfAny(GroupAuthorizationException.class, TopicAuthorizationException.class);
      }
    }
  }

  @Test
  void nobodyFencesTheResponderOrTheNotifier() {
    for (Actor actor : List.of(Actor.AGENT, Actor.STREAMS, Actor.ALERTING, Actor.OPERATOR)) {
      for (String id : List.of("tocsin-responder", "tocsin-notifier")) {
        Map<String, Object> settings = ProducerSettings.of(as(actor), "intruder");
        settings.put("transactional.id", id);
        settings.put("max.block.ms", 30_000);
        try (KafkaProducer<byte[], byte[]> producer = producer(settings)) {
          assertThatThrownBy(producer::initTransactions)
              .as(actor.word())
              .isInstanceOf(TransactionalIdAuthorizationException.class);
        }
      }
    }
  }

  @Test
  void nobodyDeletesTopicsOrGrantsHimselfRights() throws Exception {
    for (Actor actor : List.of(Actor.AGENT, Actor.STREAMS, Actor.SERVER, Actor.OPERATOR)) {
      try (Admin admin = Admin.create(as(actor).clientSettings())) {
        assertThatThrownBy(() -> admin.deleteTopics(List.of("tocsin.audit")).all().get())
            .as(actor.word())
            .hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(
                () ->
                    admin
                        .createAcls(List.of(Right.cluster(AclOperation.ALTER).of("User:x")))
                        .all()
                        .get())
            .hasCauseInstanceOf(ClusterAuthorizationException.class);
        assertThatThrownBy(() -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get())
            .hasCauseInstanceOf(ClusterAuthorizationException.class);
      }
    }
    try (Admin admin = Admin.create(as(Actor.ADMIN).clientSettings())) {
      assertThat(admin.listTopics().names().get()).contains("tocsin.audit");
    }
  }

  /** The same producer all the time, as an agent has it. */
  @Test
  void anAgentThatIsNoLongerAllowedIsStoppedAtOnceAndGoesOnWhenItIsAgain() throws Exception {
    Grants named = Grants.of(Principals.usual(), List.of("web-2"), List.of(), false);
    Grants former = Grants.of(Principals.usual(), List.of(), List.of("web-2"), false);
    try (BrokerAcls acls = new BrokerAcls(broker.admin());
        KafkaProducer<byte[], byte[]> producer = producer(as("agent.web-2"))) {
      // One that begins before anything is granted to it.
      RefusedException first =
          RefusedException.in(refusal(producer, Topics.SAMPLES), as("agent.web-2")).orElseThrow();
      assertThat(first.reason()).isEqualTo("not-authorized");
      assertThat(first).hasMessageContaining("the account agent.web-2");
      for (int round = 0; round < 2; round++) {
        acls.add(named.from(acls.of(named.principals())).missing());
        await("goes on").atMost(PATIENCE).until(() -> refusal(producer, Topics.SAMPLES) == null);
        acls.remove(former.from(acls.of(former.principals())).surplus());
        await("is stopped").atMost(PATIENCE).until(() -> refusal(producer, Topics.SAMPLES) != null);
      }
      assertThat(
              acls.of(Set.of("User:agent.web-1")).stream()
                  .map(binding -> binding.pattern().name())
                  .collect(Collectors.toSet()))
          .as("others keep theirs")
          .hasSize(5);
    }
  }

  /** Kafka's own producer would never send anything again. */
  @Test
  void anAgentWhoseAccountIsMadeLaterGoesOnWithoutARestart() throws Exception {
    Path password = password("agent.web-5");
    String secret = Secret.in(password);
    Grants named = Grants.of(Principals.usual(), List.of("web-5"), List.of(), false);
    try (TopicWriter writer = new TopicWriter(as("agent.web-5"), "agent.web-5");
        Accounts accounts = new Accounts(broker.admin());
        BrokerAcls acls = new BrokerAcls(broker.admin())) {
      await("unknown").atMost(PATIENCE).until(() -> answer(writer).equals("not-authenticated"));
      accounts.put("agent.web-5", secret);
      await("not let").atMost(PATIENCE).until(() -> answer(writer).equals("not-authorized"));
      acls.add(named.from(acls.of(named.principals())).missing());
      await("goes on").atMost(PATIENCE).until(() -> answer(writer).equals("taken"));
    }
  }

  /** A tombstone needs no registry. */
  private static String answer(TopicWriter writer) throws Exception {
    try {
      writer.remove(Topics.RESOURCES, "host/nobody").get(20, TimeUnit.SECONDS);
      return "taken";
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof RefusedException told
          ? told.reason()
          : failed.getCause().toString();
    } catch (TimeoutException silent) {
      return "no answer";
    }
  }

  /** Why a record was not taken; null if it was. */
  private static Throwable refusal(KafkaProducer<byte[], byte[]> producer, Topic<?> topic)
      throws InterruptedException {
    try {
      producer.send(new ProducerRecord<>(topic.name(), FORGED, FORGED)).get();
      return null;
    } catch (ExecutionException refused) {
      return refused.getCause();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Cluster cluster) {
    Map<String, Object> settings = ProducerSettings.of(cluster, "intruder");
    settings.put("max.block.ms", 30_000); // a busy machine is no refusal
    return producer(settings);
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Cluster cluster, String group) {
    Map<String, Object> settings = cluster.clientSettings();
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    if (group != null) {
      settings.put("group.id", group);
    }
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
