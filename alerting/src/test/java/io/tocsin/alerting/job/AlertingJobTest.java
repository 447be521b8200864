package io.tocsin.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class AlertingJobTest {

  private static final AlertingConfig CONFIG = new AlertingConfig(List.of(), List.of());

  @Test
  void everyOperatorHasAUidAndEveryTypeASerializerThatLasts() {
    // Building the graph of tasks fails on a generic type or a missing uid.
    var graph = environment(2).getStreamGraph().getJobGraph();

    assertThat(graph.getVertices())
        .isNotEmpty()
        .allMatch(vertex -> vertex.getMaxParallelism() == 128);
    assertThat(
            graph
                .getCheckpointingSettings()
                .getCheckpointCoordinatorConfiguration()
                .getCheckpointInterval())
        .isEqualTo(10_000);
  }

  /** State is found again by them: a name that changes here loses the state of an installation. */
  @Test
  void theNamesByWhichStateIsFoundAgainAreThese() {
    Set<String> uids = new TreeSet<>();
    for (StreamNode node : environment(1).getStreamGraph().getStreamNodes()) {
      if (node.getTransformationUID() != null) {
        uids.add(node.getTransformationUID().replaceFirst("^write-tocsin\\..*", "write-*"));
      }
    }
    assertThat(uids)
        .contains(
            "beats",
            "book-alerts",
            "book-intake",
            "evaluate",
            "external",
            "incidents",
            "read-commands",
            "read-external",
            "read-figures",
            "read-inventory",
            "read-probes",
            "read-rules",
            "relate",
            "relation-alerts",
            "relation-facts",
            "shadows");
  }

  @Test
  void whatKeepsTheOrderOfTheFleetRunsAsOneTaskWhateverTheParallelism() {
    assertThat(environment(4).getStreamGraph().getStreamNodes())
        .filteredOn(
            node ->
                Set.of("incidents", "relate", "shadows", "book-intake")
                    .contains(String.valueOf(node.getTransformationUID())))
        .hasSize(4)
        .allMatch(node -> node.getParallelism() == 1);
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(AlertingJob.settings(parallelism));
    AlertingJob.define(env, Records.CLUSTER, CONFIG, Clock.systemUTC());
    return env;
  }
}
