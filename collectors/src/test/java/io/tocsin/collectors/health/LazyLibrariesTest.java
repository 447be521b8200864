package io.tocsin.collectors.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collectors.Collector;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a kind of check needs costs nothing where there is no such check. */
@Timeout(120)
class LazyLibrariesTest {

  private static final Pattern HEAVY =
      Pattern.compile(
          ".*/(grpc|okio|kotlin|guava|protobuf|dbus|docker|jna|bcp|bcu|netty|opentelemetry"
              + "|testcontainers|junit|assertj|byte-buddy|jqwik).*");

  @Test
  void plainChecksRunWithoutTheLibrariesOfTheOthers() throws Exception {
    String plain =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !HEAVY.matcher(entry).matches())
            .collect(Collectors.joining(File.pathSeparator));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                plain,
                Plain.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).contains("http DOWN", "tcp DOWN", "exec UP", "no grpc");
  }

  /** Runs in a process whose class path holds nothing heavy. */
  static final class Plain {

    public static void main(String[] arguments) throws Exception {
      pass("http", new Target.Http(URI.create("http://127.0.0.1:1/")));
      pass("tcp", new Target.Tcp("127.0.0.1", 1));
      pass("exec", new Target.Exec(List.of("true"), null, null));
      try {
        pass("grpc", new Target.Grpc("127.0.0.1", 1, null, false));
      } catch (NoClassDefFoundError missing) {
        System.out.println("no grpc");
      }
    }

    private static void pass(String name, Target target) throws Exception {
      HealthCheck check =
          new HealthCheck(
              "a", null, null, target, Duration.ofMinutes(1), Duration.ofSeconds(15), 0, null);
      try (Collector collector = new HealthChecks(Clock.systemUTC()).collector(check)) {
        System.out.println(name + " " + collector.collect().probes().get(0).getHealth());
      }
    }
  }
}
