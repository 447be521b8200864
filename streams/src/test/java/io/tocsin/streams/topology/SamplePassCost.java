package io.tocsin.streams.topology;

import io.tocsin.schemas.Sample;
import io.tocsin.schemas.ThroughputWindow;
import io.tocsin.schemas.Window;
import io.tocsin.schemas.serde.SchemaRegistration;
import io.tocsin.schemas.serde.TopicDeserializer;
import io.tocsin.schemas.serde.TopicSerializer;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.window.HostSamples;
import io.tocsin.streams.window.HostSamples.Load;
import io.tocsin.streams.window.Journal;
import io.tocsin.streams.window.Outcome;
import io.tocsin.streams.window.ResourceState;
import io.tocsin.streams.window.WindowSettings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a sample costs without Kafka: ns for each step of its way, median and range of the rounds.
 * Run as a main class; CONTRIBUTING.md says how.
 */
final class SamplePassCost {

  private static final int RESOURCES = 500;
  private static final int SECONDS = 60;
  private static final int ROUNDS = 12;
  private static final int WARM_AFTER = 5;

  private SamplePassCost() {}

  public static void main(String[] arguments) {
    Cluster cluster = new Cluster("nowhere:1", "mock://cost");
    new SchemaRegistration(cluster).registerAll();
    List<byte[]> bytes = samples(cluster);
    SealPassCost seals = new SealPassCost(bytes, cluster);
    double[][] ns = new double[5][ROUNDS];
    long rowBytes = 0;
    long sentBytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpuNanos();
      List<Sample> samples = new ArrayList<>(bytes.size());
      try (TopicDeserializer<Sample> decoder = new TopicDeserializer<>(Topics.SAMPLES, cluster)) {
        bytes.forEach(one -> samples.add(decoder.deserialize("", one)));
      }
      ns[0][round] = perSample(start, bytes);
      ResourceState[] states = new ResourceState[RESOURCES];
      Arrays.setAll(states, number -> ResourceState.unknown());
      List<Window> windows = new ArrayList<>();
      List<ThroughputWindow> throughputs = new ArrayList<>();
      start = cpuNanos();
      for (int number = 0; number < samples.size(); number++) {
        Sample sample = samples.get(number);
        long at = sample.getAt().toEpochMilli();
        Outcome outcome =
            states[number % RESOURCES].accept(sample, at, at, WindowSettings.defaults());
        Outcome.Accepted accepted = (Outcome.Accepted) outcome;
        windows.addAll(accepted.windows());
        throughputs.addAll(accepted.throughputs());
        Journal.Entry entry = states[number % RESOURCES].toStore();
        rowBytes +=
            entry instanceof Journal.Entry.Snapshot snapshot
                ? snapshot.bytes().length
                : ((Journal.Entry.Row) entry).bytes().length;
      }
      ns[1][round] = perSample(start, bytes);
      start = cpuNanos();
      try (TopicSerializer<Window> encoder = new TopicSerializer<>(Topics.WINDOWS, cluster);
          TopicSerializer<ThroughputWindow> other =
              new TopicSerializer<>(Topics.THROUGHPUTS, cluster)) {
        for (Window window : windows) {
          sentBytes += encoder.serialize(window).length;
        }
        for (ThroughputWindow window : throughputs) {
          sentBytes += other.serialize(window).length;
        }
      }
      ns[2][round] = perSample(start, bytes);
      start = cpuNanos();
      seals.seal();
      ns[3][round] = perSample(start, bytes);
      start = cpuNanos();
      seals.check(samples);
      ns[4][round] = perSample(start, bytes);
    }
    print("deserialize", ns[0]);
    print("windows, state", ns[1]);
    print("serialize", ns[2]);
    print("seal (agent)", ns[3]);
    print("check seal", ns[4]);
    System.out.printf(
        "%d bytes a sample in, %d to the store, %d out%n",
        bytes.get(0).length, rowBytes / ROUNDS / bytes.size(), sentBytes / ROUNDS / bytes.size());
  }

  /** CPU time of this thread: what else the machine does is left out. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double perSample(long start, List<byte[]> samples) {
    return (double) (cpuNanos() - start) / samples.size();
  }

  private static void print(String step, double[] ns) {
    double[] warm = Arrays.copyOfRange(ns, WARM_AFTER, ns.length);
    Arrays.sort(warm);
    System.out.printf(
        "%-16s %8.0f ns (%.0f to %.0f)%n",
        step, warm[warm.length / 2], warm[0], warm[warm.length - 1]);
  }

  private static List<byte[]> samples(Cluster cluster) {
    Random random = new Random(1);
    List<HostSamples> hosts = new ArrayList<>();
    for (int host = 0; host < RESOURCES; host++) {
      hosts.add(new HostSamples("host/web-" + host, HostSamples.NOON));
    }
    List<byte[]> bytes = new ArrayList<>();
    try (TopicSerializer<Sample> encoder = new TopicSerializer<>(Topics.SAMPLES, cluster)) {
      for (int second = 0; second < SECONDS; second++) {
        for (HostSamples host : hosts) {
          Load load =
              new Load(
                  random.nextInt(100),
                  random.nextInt(100),
                  random.nextInt(500),
                  random.nextInt(60),
                  random.nextInt(50),
                  random.nextInt(10));
          Sample sample = host.after(1_000, load);
          String agent = sample.getResourceId().substring("host/".length());
          bytes.add(encoder.serialize(SealPassCost.by(agent, sample)));
        }
      }
    }
    return bytes;
  }
}
