package io.tocsin.security;

import io.tocsin.schemas.exchange.RefusedException;
import io.tocsin.schemas.topic.Cluster;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ResourceNotFoundException;

/** Accounts of a cluster by SCRAM-SHA-512; the brokers keep salted hashes, and no password. */
public final class Accounts implements AutoCloseable {

  private static final long PATIENCE_S = 30;

  /** Kafka's own least is 4096; passwords here are 192 random bits, which nobody guesses. */
  private static final int ITERATIONS = 8192;

  private final Cluster cluster;
  private final Admin admin;

  /** At a cluster, as somebody who may alter it. */
  public Accounts(Cluster cluster) {
    this.cluster = cluster;
    this.admin = Admin.create(cluster.clientSettings());
  }

  /**
   * Makes an account, or gives one another password.
   *
   * @throws KafkaException if the broker does not answer, or refuses
   */
  public void put(String user, String password) throws InterruptedException {
    alter(
        new UserScramCredentialUpsertion(
            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password));
  }

  /**
   * Takes an account away. Connections that it has stay until they end; its access rules stop it at
   * once.
   *
   * @return whether there was one
   * @throws KafkaException as above
   */
  public boolean remove(String user) throws InterruptedException {
    try {
      alter(new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_512));
      return true;
    } catch (KafkaException failed) {
      if (failed.getCause() instanceof ExecutionException answered
          && answered.getCause() instanceof ResourceNotFoundException) {
        return false;
      }
      throw failed;
    }
  }

  /**
   * Names of all accounts, in order.
   *
   * @throws KafkaException as above
   */
  public List<String> names() throws InterruptedException {
    return answer(admin.describeUserScramCredentials().users()).stream().sorted().toList();
  }

  private void alter(UserScramCredentialAlteration alteration) throws InterruptedException {
    answer(admin.alterUserScramCredentials(List.of(alteration)).all());
  }

  private <T> T answer(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw RefusedException.told(
          new KafkaException(
              "the accounts at %s could not be read or changed: %s"
                  .formatted(
                      cluster.bootstrapServers(),
                      failed.getCause() == null ? "no answer" : failed.getCause().getMessage()),
              failed),
          cluster);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
