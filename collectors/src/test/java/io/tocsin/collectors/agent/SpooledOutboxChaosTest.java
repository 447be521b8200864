package io.tocsin.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.collectors.spool.SpoolConfig;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that fails and answers as chance has it, and an agent that is started over and over. */
@Timeout(300)
class SpooledOutboxChaosTest {

  @TempDir Path directory;

  private final ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Long> taken = new ArrayList<>();

  @AfterEach
  void stop() {
    answers.shutdownNow();
  }

  /** Takes some, refuses some at once, and loses some; answers late and not in order. */
  private final class Chance implements Publisher {
    private final Random random;
    private volatile boolean calm;

    Chance(long seed) {
      this.random = new Random(seed);
    }

    @Override
    public <V extends SpecificRecord> CompletionStage<?> publish(Topic<V> topic, V value) {
      int draw = calm ? 1_000 : random.nextInt(300);
      RuntimeException away = new TimeoutException("away");
      if (draw == 0) {
        throw away;
      }
      if (draw == 1) {
        return CompletableFuture.failedFuture(away);
      }
      CompletableFuture<?> answer = new CompletableFuture<>();
      int delay = random.nextInt(3_000);
      if (draw == 2) {
        answers.schedule(() -> answer.completeExceptionally(away), delay, TimeUnit.MICROSECONDS);
      } else {
        synchronized (taken) {
          taken.add(((Probe) value).getOrigin().getSequence());
        }
        answers.schedule(() -> answer.complete(null), delay, TimeUnit.MICROSECONDS);
      }
      return answer;
    }

    @Override
    public CompletionStage<?> remove(Topic<?> topic, String key) {
      return CompletableFuture.completedFuture(null);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nothingIsLostAndTheNewestAlwaysComesLast(long seed) {
    Chance chance = new Chance(seed);
    Random random = new Random(seed);
    long sequence = 0;
    for (int run = 0; run < 4; run++) {
      SpooledOutbox outbox = outbox(chance);
      outbox.start();
      for (int burst = random.nextInt(20); burst >= 0; burst--) {
        for (int i = random.nextInt(400); i >= 0; i--) {
          put(outbox, sequence++);
        }
      }
      // By itself it would wait for a second, in which a busy disk may not get all.
      outbox.close(Duration.ofMinutes(1));
    }
    chance.calm = true;
    long all = sequence;
    try (SpooledOutbox outbox = outbox(chance)) {
      outbox.start();
      await().atMost(Duration.ofSeconds(90)).until(() -> distinct() == all);
      await().atMost(Duration.ofSeconds(90)).until(() -> outbox.fill().spooled() == 0);
    }

    assertThat(dropped()).isZero();
    LinkedHashSet<Long> byLastDelivery = new LinkedHashSet<>();
    for (long each : taken) {
      byLastDelivery.remove(each);
      byLastDelivery.add(each);
    }
    assertThat(List.copyOf(byLastDelivery)).isSorted();
  }

  private SpooledOutbox outbox(Publisher publisher) {
    return new SpooledOutbox(
        new SpoolConfig(directory, null, null, Duration.ofMillis(5)),
        publisher,
        Clock.systemUTC(),
        Ticker.system(),
        new Counts(meters));
  }

  private static void put(Outbox outbox, long sequence) {
    Probe probe = Examples.probe(Health.UP, Examples.NOON);
    probe.setOrigin(Examples.origin(sequence));
    outbox.put(Topics.PROBES, probe);
  }

  private long distinct() {
    synchronized (taken) {
      return new HashSet<>(taken).size();
    }
  }

  private double dropped() {
    return meters.find("tocsin.collectors.dropped").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }
}
