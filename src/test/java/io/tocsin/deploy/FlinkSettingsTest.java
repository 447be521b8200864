package io.tocsin.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flink's own word on the settings that it is given. */
class FlinkSettingsTest {

  /** Of the operator and of reporters: no class of options has these names. */
  private static final Set<String> OF_OTHERS = Set.of("kubernetes.operator.", "metrics.reporter.");

  @TempDir Path root;

  private final JsonNode deployment =
      Manifests.of("alerting.yaml").stream()
          .filter(each -> FlinkType.is(each.json()))
          .findAny()
          .orElseThrow()
          .json()
          .path("spec");

  @Test
  void memoryIsEnoughOnKubernetes() {
    assertThat(taskHeapMib(onKubernetes())).isGreaterThan(300);
  }

  @Test
  void memoryIsEnoughInCompose() throws Exception {
    assertThat(taskHeapMib(inCompose())).isGreaterThan(300);
  }

  @Test
  void tooLittleIsFound() {
    Configuration small = onKubernetes();
    small.setString("taskmanager.memory.process.size", "512m");
    assertThatThrownBy(() -> taskHeapMib(small)).isInstanceOf(IllegalConfigurationException.class);
  }

  @Test
  void thereIsASlotForEachTask() throws Exception {
    int slots = onKubernetes().toMap().get("taskmanager.numberOfTaskSlots").equals("1") ? 1 : 0;
    assertThat(slots * deployment.at("/taskManager/replicas").asInt())
        .isEqualTo(deployment.at("/job/parallelism").asInt());
    JsonNode config = Yaml.document(Yaml.DEPLOY.resolve("compose/tocsin.yaml"));
    assertThat(inCompose().toMap())
        .containsEntry(
            "taskmanager.numberOfTaskSlots", config.at("/alerting/parallelism").asText());
  }

  @Test
  void everyKeyIsOneThatFlinkKnows() throws Exception {
    Set<String> known = knownOptions();
    for (Configuration settings : List.of(onKubernetes(), inCompose())) {
      assertThat(settings.keySet())
          .allMatch(key -> known.contains(key) || OF_OTHERS.stream().anyMatch(key::startsWith));
    }
  }

  /** Both have to survive a job manager: where they keep it, and what they open, is the same. */
  @Test
  void bothKeepStateInTheSameWay() throws Exception {
    Map<String, String> compose = inCompose().toMap();
    for (String key :
        List.of(
            "state.backend.type",
            "execution.checkpointing.incremental",
            "execution.checkpointing.num-retained",
            "env.java.opts.all",
            "web.submit.enable")) {
      assertThat(compose.get(key)).as(key).isEqualTo(onKubernetes().toMap().get(key));
    }
  }

  /** A job manager reads this from its own configuration, whatever the job's says. */
  @Test
  void anOldJobManagerCannotRemoveWhatItsSuccessorGoesOnFrom() {
    for (String directory : List.of("flink", "image/engines/flink")) {
      assertThat(shipped(directory).get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS))
          .as(directory)
          .isGreaterThanOrEqualTo(3);
    }
    assertThat(onKubernetes().get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS))
        .isGreaterThanOrEqualTo(3);
  }

  /**
   * Or its client asks DNS for each server's name, and a failover waits 20 s where none answers.
   */
  @Test
  void zooKeeperIsAskedWithoutTheNameOfItsHost() throws Exception {
    List<Configuration> withZooKeeper =
        Stream.of(inCompose(), shipped("flink"), shipped("image/engines/flink"), onKubernetes())
            .filter(each -> each.get(HighAvailabilityOptions.HA_MODE).equals("zookeeper"))
            .toList();
    assertThat(withZooKeeper).hasSizeGreaterThanOrEqualTo(2);
    assertThat(withZooKeeper)
        .allMatch(each -> each.get(SecurityOptions.ZOOKEEPER_SASL_DISABLE), "no SASL");
  }

  private static Configuration shipped(String directory) {
    return GlobalConfiguration.loadConfiguration(Yaml.DEPLOY.resolve(directory).toString());
  }

  private static long taskHeapMib(Configuration settings) {
    JobManagerProcessUtils.processSpecFromConfig(settings);
    return TaskExecutorProcessUtils.processSpecFromConfig(settings)
        .getTaskHeapSize()
        .getMebiBytes();
  }

  private Configuration onKubernetes() {
    Configuration settings = new Configuration();
    deployment
        .path("flinkConfiguration")
        .properties()
        .forEach(entry -> settings.setString(entry.getKey(), entry.getValue().asText()));
    // As the operator does.
    settings.setString(
        "jobmanager.memory.process.size", deployment.at("/jobManager/resource/memory").asText());
    settings.setString(
        "taskmanager.memory.process.size", deployment.at("/taskManager/resource/memory").asText());
    return settings;
  }

  private Configuration inCompose() throws Exception {
    String text =
        Compose.services(Compose.read())
            .get("alerting")
            .at("/environment/FLINK_PROPERTIES")
            .asText();
    Path directory = Files.createTempDirectory(root, "flink");
    Files.writeString(directory.resolve("config.yaml"), text);
    return GlobalConfiguration.loadConfiguration(directory.toString());
  }

  /** Keys of all options in Flink's own classes of options. */
  private static Set<String> knownOptions() throws Exception {
    Set<String> keys = new TreeSet<>();
    for (String name :
        List.of(
            "CheckpointingOptions",
            "StateBackendOptions",
            "HighAvailabilityOptions",
            "JobManagerOptions",
            "TaskManagerOptions",
            "NettyShuffleEnvironmentOptions",
            "BlobServerOptions",
            "HeartbeatManagerOptions",
            "RestOptions",
            "WebOptions",
            "SecurityOptions",
            "CoreOptions")) {
      keys.addAll(options("org.apache.flink.configuration." + name));
    }
    return keys;
  }

  private static Set<String> options(String type) throws Exception {
    Set<String> keys = new TreeSet<>();
    for (var field : Class.forName(type).getFields()) {
      if (field.get(null) instanceof ConfigOption<?> option) {
        keys.add(option.key());
      }
    }
    return keys;
  }
}
