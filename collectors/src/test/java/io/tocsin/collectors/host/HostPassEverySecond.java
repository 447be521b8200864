package io.tocsin.collectors.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.schemas.Examples;
import io.tocsin.schemas.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;

/**
 * A JVM that reads this machine once a second until it is ended. Says how many figures a full pass
 * gives, and, for each line that it is sent, what a pass has taken its thread since the last one.
 */
final class HostPassEverySecond {

  private static final int WARM_UP = 3_000;

  private HostPassEverySecond() {}

  public static void main(String[] args) throws Exception {
    SteppingClock clock = new SteppingClock();
    HostCollector warm = new HostCollector(HostConfig.DEFAULT, clock);
    Sample first = warm.collect().samples().get(0).setOrigin(Examples.origin(0)).build();
    int values = numbers(new ObjectMapper().readTree(first.toString()));
    for (int pass = 0; pass < WARM_UP; pass++) {
      clock.step(Duration.ofSeconds(1));
      warm.collect();
    }
    warm.close();
    HostCollector collector = new HostCollector(HostConfig.DEFAULT, Clock.systemUTC());
    System.out.println("> " + values);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    int passes = 0;
    while (true) {
      long began = threads.getCurrentThreadCpuTime();
      collector.collect();
      nanos += threads.getCurrentThreadCpuTime() - began;
      passes++;
      if (System.in.available() > 0) {
        System.in.read();
        System.out.println("> " + nanos / 1e3 / passes);
        nanos = 0;
        passes = 0;
      }
      Thread.sleep(1_000);
    }
  }

  /** The next line that was said to the one who started this JVM, and not by a library. */
  static String next(BufferedReader said) throws IOException {
    for (String line; (line = said.readLine()) != null; ) {
      if (line.startsWith("> ")) {
        return line.substring(2);
      }
    }
    throw new IOException("the JVM has ended");
  }

  private static int numbers(JsonNode node) {
    int count = node.isNumber() || node.isBoolean() ? 1 : 0;
    for (JsonNode child : node) {
      count += numbers(child);
    }
    return count;
  }
}
