package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.cli.DeployedArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whether the commands that containers are started with are ones that there are. */
class ArgumentsTest {

  @Test
  void everyPodIsStartedWithACommandOfOurs() {
    Set<String> commands = new TreeSet<>();
    List<Manifest> all = Manifests.all();
    for (Workload pods : Workload.of(all)) {
      for (JsonNode container : pods.containers()) {
        if (container.path("image").asText().equals("tocsin") && container.has("args")) {
          List<String> arguments =
              new PodFiles(pods, container, all, SecretsToMake.read()).arguments();
          assertThatCode(() -> DeployedArguments.parse(arguments))
              .as("%s %s", pods, arguments)
              .doesNotThrowAnyException();
          commands.add(arguments.get(0));
        }
      }
    }
    assertThat(commands)
        .containsExactly(
            "alerting", "collect", "notifier", "record", "respond", "serve", "streams");
  }

  @Test
  void everyServiceIsStartedWithACommandOfOurs() {
    List<String> tried = new ArrayList<>();
    Compose.services(Compose.read())
        .forEach(
            (name, service) -> {
              List<String> arguments = Yaml.texts(service.path("command"));
              if (Compose.isOurs(service)) {
                assertThatCode(() -> DeployedArguments.parse(arguments))
                    .as(name)
                    .doesNotThrowAnyException();
                tried.add(name);
              }
            });
    assertThat(tried).hasSizeGreaterThan(10);
  }

  @Test
  void anArgumentThatThereIsNotIsFound() {
    assertThatThrownBy(() -> DeployedArguments.parse(List.of("record", "--htpp", "127.0.0.1:1")))
        .hasMessageContaining("--htpp");
  }
}
