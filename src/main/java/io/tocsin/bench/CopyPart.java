package io.tocsin.bench;

import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.topology.StreamsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The ceiling: the bytes of the samples from one topic to another, exactly once, in transactions as
 * long as ours. It goes round and round over what is there, and says twice a second how many it has
 * copied.
 */
final class CopyPart {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final long SAY_EVERY_MS = 500;

  private final Part.Place place;
  private final Boss boss;
  private final LongAdder copied = new LongAdder();
  private final AtomicBoolean stop = new AtomicBoolean();

  CopyPart(Part.Place place, Boss boss) {
    this.place = place;
    this.boss = boss;
  }

  void run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < place.threads(); number++) {
      int mine = number;
      Thread thread = new Thread(() -> copy(mine), "copy-" + number);
      thread.start();
      threads.add(thread);
    }
    Thread teller = new Thread(this::tell, "copy-tells");
    teller.setDaemon(true);
    teller.start();
    boss.say("ready", place.threads() + " threads");
    while (boss.command().isPresent()) {
      // it has nothing to say
    }
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void tell() {
    try {
      while (!stop.get()) {
        Thread.sleep(SAY_EVERY_MS);
        boss.say("records", copied.sum() + " " + System.nanoTime());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(int mine) {
    List<TopicPartition> partitions =
        BenchTopics.partitions(Topics.SAMPLES.name(), Topics.SAMPLES.partitions()).stream()
            .filter(partition -> partition.partition() % place.threads() == mine)
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
            BenchTopics.consumer(place.cluster(), Map.of("group.id", "bench-copy"));
        KafkaProducer<byte[], byte[]> producer =
            BenchTopics.producer(
                place.cluster(), "copy-" + mine, Map.of("transactional.id", "copy-" + mine))) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      producer.initTransactions();
      while (!stop.get()) {
        transaction(consumer, producer);
      }
    }
  }

  /** One transaction, as long as the streams' commit interval. */
  private void transaction(
      KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {
    long until = System.nanoTime() + StreamsSettings.embedded().commitInterval().toNanos();
    producer.beginTransaction();
    long records = 0;
    while (System.nanoTime() < until && !stop.get()) {
      long before = records;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        producer.send(
            new ProducerRecord<>(
                BenchTopics.COPY, record.partition(), record.key(), record.value()));
        records++;
      }
      // Nothing came may also mean that the machine is busy: then seeking would begin for ever.
      boolean isAtEnd =
          records == before
              && consumer.assignment().stream()
                  .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
      if (isAtEnd) {
        consumer.seekToBeginning(consumer.assignment());
      }
    }
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    consumer
        .assignment()
        .forEach(
            partition ->
                positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
    producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
    producer.commitTransaction();
    copied.add(records);
  }
}
