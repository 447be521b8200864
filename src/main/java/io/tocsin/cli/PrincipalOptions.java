package io.tocsin.cli;

import io.tocsin.security.Actor;
import io.tocsin.security.Principals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which names the cluster knows everybody by, and which agents there are. */
final class PrincipalOptions {

  @Option(
      names = "--principal",
      paramLabel = "WHO=NAME",
      description = {
        "Another name than User:tocsin-WHO, such as streams=User:CN=streams for a certificate; for",
        "agents agent=User:CN={id}. May be repeated."
      })
  private Map<String, String> named = new LinkedHashMap<>();

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "An agent that there is. May be repeated.")
  private List<String> agents = new ArrayList<>();

  @Option(
      names = "--agents",
      paramLabel = "FILE",
      description = "More of them, one id a line; # begins a comment.")
  private Path file;

  /**
   * The names.
   *
   * @throws CommandFailure if one is no good
   */
  Principals principals() throws CommandFailure {
    Map<Actor, String> names = new EnumMap<>(Actor.class);
    for (Map.Entry<String, String> each : named.entrySet()) {
      Actor actor =
          Actor.of(each.getKey())
              .orElseThrow(
                  () ->
                      usage(
                          "--principal: there is no "
                              + Terminal.plain(each.getKey())
                              + "; there are "
                              + String.join(", ", words()),
                          null));
      names.put(actor, each.getValue());
    }
    try {
      return Principals.of(names);
    } catch (IllegalArgumentException bad) {
      throw usage("--principal: " + bad.getMessage(), bad);
    }
  }

  /** Ids of the agents that are named, in a file or directly. */
  List<String> agents() throws CommandFailure {
    if (file == null) {
      return agents.stream().distinct().toList();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return Stream.concat(
              agents.stream(),
              lines.map(line -> line.replaceAll("#.*", "").strip()).filter(id -> !id.isEmpty()))
          .distinct()
          .toList();
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      throw usage("--agents: " + file + " cannot be read: " + unreadable, unreadable);
    }
  }

  static List<String> words() {
    return Stream.of(Actor.values()).map(Actor::word).toList();
  }

  static CommandFailure usage(String line, Exception cause) {
    return new CommandFailure(2, line, cause);
  }
}
