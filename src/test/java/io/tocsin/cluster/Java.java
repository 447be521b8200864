package io.tocsin.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of programs that run on a JVM of their own. */
final class Java {

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path LIBRARIES = MODULE.resolve("target/lib");

  private Java() {}

  /** Tocsin itself, with the flags that the launcher gives it. */
  static List<String> tocsin(String... arguments) {
    return tocsin(
        "jvm.options", MODULE.resolve("target/classes") + ":" + LIBRARIES + "/*", arguments);
  }

  /** The agent, with the small heap and the class path without engines that agents have. */
  static List<String> agent(String... arguments) {
    return tocsin("agent.options", MODULE.resolve("target/agent").toString(), arguments);
  }

  private static List<String> tocsin(String options, String classPath, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.add("@" + MODULE.resolve("main").resolve(options));
    command.add("-Dtocsin.home=" + MODULE.getParent());
    command.addAll(List.of("-cp", classPath, "io.tocsin.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A server of somebody else's out of our libraries. */
  static List<String> server(int heapMb, Path logging, String main, String... arguments) {
    List<String> command = small(heapMb);
    command.add("-Dlogback.configurationFile=" + logging);
    command.addAll(List.of("-cp", libraries(), main));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A JVM for a machine of two cores that has many of them. */
  static List<String> small(int heapMb) {
    return new ArrayList<>(
        List.of(
            java(),
            "-Xmx" + heapMb + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData"));
  }

  /** Class path of all libraries. */
  static String libraries() {
    return LIBRARIES + "/*";
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElseThrow();
  }

  /** How servers log: what matters, to what they print. */
  static Path logging(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%ex{3}</pattern></encoder>
          </appender>
          <logger name="org.apache.kafka.clients" level="WARN"/>
          <logger name="kafka.server.KafkaConfig" level="ERROR"/>
          <logger name="org.apache.kafka.common.config" level="WARN"/>
          <root level="INFO"><appender-ref ref="out"/></root>
        </configuration>
        """);
  }
}
