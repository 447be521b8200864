package io.tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.delivery.RolloutPlan.Command;
import io.tocsin.delivery.signal.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandGroundTest {

  @TempDir Path directory;
  private CommandGround ground;

  @BeforeEach
  void make() {
    Command none = command(60, "true");
    ground =
        new CommandGround(
            new RolloutPlan(
                directory,
                directory,
                List.of(),
                null,
                none,
                none,
                Map.of(),
                Map.of(),
                List.of(),
                RolloutPlan.Checks.DEFAULT,
                Limits.DEFAULT));
  }

  private static Command command(long seconds, String... words) {
    return new Command(List.of(words), Duration.ofSeconds(seconds));
  }

  @Test
  void targetAndVersionGoWhereThePlanHasThemAndAreNoShellsBusiness() throws Exception {
    Command touch = command(60, "touch", "{target}-{version};x");
    assertThat(ground.put(touch, "a", "1.2")).isEmpty();
    assertThat(directory.resolve("a-1.2;x")).exists();
    Command environment = command(60, "sh", "-c", "echo $TOCSIN_TARGET $TOCSIN_VERSION > env");
    assertThat(ground.put(environment, "a", "1.2")).isEmpty();
    assertThat(directory.resolve("env")).hasContent("a 1.2\n");
  }

  @Test
  void aFailureIsToldWithTheEndOfWhatThisCommandPrinted() throws Exception {
    ground.put(command(60, "echo", "of another"), "a", "1");
    assertThat(ground.put(command(60, "sh", "-c", "echo no room >&2; exit 7"), "a", "1"))
        .contains("sh ended with status 7: no room");
    assertThat(ground.put(command(60, "false"), "a", "1"))
        .contains("false ended with status 1: it printed nothing");
    assertThat(Files.readString(directory.resolve("commands.log"))).contains("of another");
  }

  @Test
  void whatDoesNotEndIsEndedAndWhatIsNotThereIsTold() throws Exception {
    assertThat(ground.put(command(1, "sleep", "600"), "a", "1"))
        .contains("sleep was ended after 1 s");
    assertThat(ground.put(command(1, "./there-is-none"), "a", "1").orElseThrow())
        .contains("./there-is-none cannot be started");
  }
}
