package io.tocsin.schemas.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.ClusterSecurity;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

final class RefusedExceptionTest {

  private static final Cluster CLUSTER =
      new Cluster(
          "kafka:9093",
          "https://registry:8443",
          new ClusterSecurity(null, null, null, "web-1", new SecretRef(null, "PASSWORD"), null));

  private static RefusedException in(Throwable failure) {
    return RefusedException.in(failure, CLUSTER).orElseThrow();
  }

  @Test
  void itSaysWhoMayNotDoWhatAndWhatToDo() {
    assertThat(in(new ExecutionException(new TopicAuthorizationException(Set.of("tocsin.rules")))))
        .hasMessageContaining("kafka:9093")
        .hasMessageContaining("the account web-1")
        .hasMessageContaining("topic tocsin.rules")
        .hasMessageContaining("tocsin acls --check")
        .extracting(RefusedException::reason)
        .isEqualTo("not-authorized");
    assertThat(in(GroupAuthorizationException.forGroupId("tocsin-responder")))
        .hasMessageContaining("be in group tocsin-responder");
    assertThat(in(new TransactionalIdAuthorizationException("no")))
        .hasMessageContaining("transactional id");
    assertThat(in(new TopicAuthorizationException("no")))
        .hasMessageContaining("a topic that it writes or reads");
  }

  @Test
  void whoIsNotKnownIsToldWhereHisNameAndPasswordStand() {
    assertThat(in(new SaslAuthenticationException("Authentication\nfailed")))
        .hasMessageContaining("the account web-1")
        .hasMessageContaining("cluster.security.password")
        .hasMessageContaining("Authentication failed")
        .extracting(RefusedException::reason)
        .isEqualTo("not-authenticated");
  }

  @Test
  void aLineIsNoLongerThanPeopleRead() {
    Set<String> many =
        IntStream.range(0, 1_000).mapToObj(i -> "topic-" + i).collect(Collectors.toSet());

    assertThat(in(new TopicAuthorizationException(many)).getMessage()).hasSizeLessThan(500);
    assertThat(in(new SaslAuthenticationException("x".repeat(100_000))).getMessage())
        .hasSizeLessThan(1_000);
  }

  @Test
  void whatIsNoRefusalStaysWhatItIs() {
    KafkaException away = new TimeoutException("nobody");

    assertThat(RefusedException.in(away, CLUSTER)).isEmpty();
    assertThat(RefusedException.told(away, CLUSTER)).isSameAs(away);
    RefusedException once = in(new TopicAuthorizationException("no"));
    assertThat(RefusedException.told(once, CLUSTER)).isSameAs(once);
  }
}
