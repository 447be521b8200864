package io.tocsin.schemas.exchange;

import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.ClusterSecurity;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * A broker and a client did not come to terms about who the client is, or the client wanted what it
 * may not do. The message says to people who was refused what, and what to do; Kafka's own words
 * are the cause. It passes as soon as the cluster is told otherwise, so it is never a record's
 * fault.
 */
public final class RefusedException extends KafkaException {

  private static final long serialVersionUID = 1L;

  private static final String UNKNOWN = "not-authenticated";
  private static final int MOST_NAMED = 10;
  private static final int LONGEST_REASON = 300;

  private final String reason;

  private RefusedException(String reason, String line, Throwable cause) {
    super(line, cause);
    this.reason = reason;
  }

  /** For counters: {@code not-authenticated} or {@code not-authorized}. */
  public String reason() {
    return reason;
  }

  /** Whether the broker does not know who asks; else it does not let him. */
  boolean isOfUnknown() {
    return reason.equals(UNKNOWN);
  }

  /**
   * The refusal in a failure; empty if it is about something else.
   *
   * @param failure what a client of Kafka's threw, however wrapped
   * @param cluster where that was
   */
  public static Optional<RefusedException> in(Throwable failure, Cluster cluster) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedException told) {
        return Optional.of(told);
      }
      if (cause instanceof AuthenticationException unknown) {
        return Optional.of(new RefusedException(UNKNOWN, line(unknown, cluster), failure));
      }
      if (cause instanceof AuthorizationException forbidden) {
        return Optional.of(
            new RefusedException("not-authorized", line(forbidden, cluster), failure));
      }
    }
    return Optional.empty();
  }

  /** The same failure, in words for people where it is a refusal. */
  public static KafkaException told(KafkaException failure, Cluster cluster) {
    return in(failure, cluster).<KafkaException>map(told -> told).orElse(failure);
  }

  private static String line(AuthenticationException failure, Cluster cluster) {
    if (failure instanceof SslAuthenticationException) {
      return "TLS with Kafka at %s failed: %s"
          .formatted(cluster.bootstrapServers(), BrokerTlsTrouble.of(failure, cluster.security()));
    }
    return "Kafka at %s does not take %s: %s; see that cluster.security.user has an account there (tocsin accounts list) and that cluster.security.password is its password"
        .formatted(
            cluster.bootstrapServers(), who(cluster.security()), bounded(failure.getMessage()));
  }

  private static String line(AuthorizationException failure, Cluster cluster) {
    return "Kafka at %s does not let %s %s; tocsin acls --check says what is missing, tocsin acls --apply grants what each stage needs"
        .formatted(cluster.bootstrapServers(), who(cluster.security()), what(failure));
  }

  private static String what(AuthorizationException failure) {
    if (failure instanceof TopicAuthorizationException topics) {
      if (topics.unauthorizedTopics().isEmpty()) {
        return "use a topic that it writes or reads";
      }
      TreeSet<String> names = new TreeSet<>(topics.unauthorizedTopics());
      String shown = String.join(", ", names.stream().limit(MOST_NAMED).toList());
      return "use topic " + shown + (names.size() > MOST_NAMED ? " and others" : "");
    }
    if (failure instanceof GroupAuthorizationException group && group.groupId() != null) {
      return "be in group " + group.groupId();
    }
    if (failure instanceof TransactionalIdAuthorizationException) {
      return "write under its transactional id";
    }
    return "do that: " + bounded(failure.getMessage());
  }

  private static String who(ClusterSecurity security) {
    if (security == null) {
      return "a client that does not say who it is (cluster.security is not set)";
    }
    if (security.user() != null) {
      return "the account " + security.user();
    }
    return security.certificate() == null
        ? "a client that does not say who it is (cluster.security has no user and no certificate)"
        : "the certificate " + security.certificate();
  }

  private static String bounded(String words) {
    String line = String.valueOf(words).replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
  }
}
