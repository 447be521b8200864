package io.tocsin.security;

import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Cluster;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/** The access rules of a cluster. What is added or removed is that exactly, and nothing else. */
public final class BrokerAcls implements AutoCloseable {

  private static final long PATIENCE_S = 30;

  /** A controller takes so many changes at a time (its limit is 10,000 records). */
  private static final int AT_ONCE = 2_000;

  private final Cluster cluster;
  private final Admin admin;

  /** At a cluster, as somebody who may alter it. */
  public BrokerAcls(Cluster cluster) {
    this.cluster = cluster;
    this.admin = Admin.create(cluster.clientSettings());
  }

  /**
   * All rules of these principals.
   *
   * @throws KafkaException if the broker does not answer, refuses, or asks nobody who he is
   */
  public Set<AclBinding> of(Set<String> principals) throws InterruptedException {
    Set<AclBinding> there = new HashSet<>();
    // One question for all: a question for each of many agents would take a round trip each.
    Collection<AclBinding> all =
        answer(
            admin
                .describeAcls(
                    new AclBindingFilter(
                        ResourcePatternFilter.ANY,
                        new AccessControlEntryFilter(
                            null, null, AclOperation.ANY, AclPermissionType.ANY)))
                .values());
    all.stream()
        .filter(binding -> principals.contains(binding.entry().principal()))
        .forEach(there::add);
    return there;
  }

  /**
   * Adds rules.
   *
   * @throws KafkaException as above; some may have been added then
   */
  public void add(List<AclBinding> missing) throws InterruptedException {
    for (int from = 0; from < missing.size(); from += AT_ONCE) {
      answer(
          admin.createAcls(missing.subList(from, Math.min(missing.size(), from + AT_ONCE))).all());
    }
  }

  /**
   * Takes rules away.
   *
   * @throws KafkaException as above; some may have been taken away then
   */
  public void remove(List<AclBinding> surplus) throws InterruptedException {
    for (int from = 0; from < surplus.size(); from += AT_ONCE) {
      answer(
          admin
              .deleteAcls(
                  surplus.subList(from, Math.min(surplus.size(), from + AT_ONCE)).stream()
                      .map(AclBinding::toFilter)
                      .toList())
              .all());
    }
  }

  private <T> T answer(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof SecurityDisabledException) {
        throw new KafkaException(
            "the brokers at %s have no authorizer, so that everybody may do everything: set"
                    .formatted(cluster.bootstrapServers())
                + " authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            refused);
      }
      throw RefusedException.told(
          new KafkaException(
              "the access rules at %s could not be read or changed: %s"
                  .formatted(cluster.bootstrapServers(), refused.getCause()),
              refused),
          cluster);
    } catch (TimeoutException silent) {
      throw new KafkaException(
          "no answer from " + cluster.bootstrapServers() + " within " + PATIENCE_S + " s", silent);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
