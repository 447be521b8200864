package io.tocsin.bench;

import io.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends samples that it has read before, over and over: what the broker takes from a producer. */
final class ProducePart {

  private static final int RECORDS = 50_000;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long SAY_EVERY_NANOS = 500_000_000;

  private final Part.Place place;
  private final Boss boss;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();

  ProducePart(Part.Place place, Boss boss) {
    this.place = place;
    this.boss = boss;
  }

  void run() {
    List<ConsumerRecord<byte[], byte[]>> records = read();
    Thread sender = new Thread(() -> send(records), "produce");
    sender.setDaemon(true);
    sender.start();
    boss.say("ready", records.size() + " records");
    while (boss.command().isPresent()) {
      // it has nothing to say
    }
    stop.set(true);
  }

  private List<ConsumerRecord<byte[], byte[]>> read() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = BenchTopics.consumer(place.cluster(), Map.of())) {
      consumer.assign(BenchTopics.partitions(Topics.SAMPLES.name(), Topics.SAMPLES.partitions()));
      boolean hasMore = true;
      while (records.size() < RECORDS && (hasMore || records.isEmpty())) {
        ConsumerRecords<byte[], byte[]> some = consumer.poll(POLL);
        hasMore = !some.isEmpty();
        some.forEach(records::add);
      }
    }
    return records;
  }

  private void send(List<ConsumerRecord<byte[], byte[]>> records) {
    long next = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        BenchTopics.producer(place.cluster(), "produce", Map.of())) {
      while (!stop.get()) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
          producer.send(
              new ProducerRecord<>(
                  BenchTopics.COPY, record.partition(), record.key(), record.value()),
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.incrementAndGet();
                }
              });
          if (System.nanoTime() > next) {
            boss.say("records", acknowledged.get() + " " + System.nanoTime());
            next += SAY_EVERY_NANOS;
          }
        }
      }
    }
  }
}
