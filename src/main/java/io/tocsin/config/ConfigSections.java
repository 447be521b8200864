package io.tocsin.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.alerting.healing.config.Action;
import io.tocsin.alerting.healing.config.BlastRadius;
import io.tocsin.alerting.healing.config.Evidence;
import io.tocsin.alerting.healing.config.Ladder;
import io.tocsin.alerting.healing.config.Rate;
import io.tocsin.alerting.notify.config.ChannelConfig;
import io.tocsin.alerting.notify.config.NotificationConfig;
import io.tocsin.collectors.app.AppConfig;
import io.tocsin.collectors.container.ContainerConfig;
import io.tocsin.collectors.health.HealthCheckConfig;
import io.tocsin.collectors.host.HostConfig;
import io.tocsin.collectors.network.NetworkConfig;
import io.tocsin.collectors.policy.ClassificationConfig;
import io.tocsin.collectors.policy.PolicyConfig;
import io.tocsin.collectors.security.SecurityConfig;
import io.tocsin.collectors.vm.VmConfig;
import io.tocsin.schemas.seal.SealPolicy;
import io.tocsin.schemas.secret.SecretRef;
import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.topic.ClusterSecurity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Binds the blocks of a configuration one by one, so that each that its collector refuses is
 * reported, and not the first alone. What a block may hold, its own record knows.
 */
final class ConfigSections {

  private static final Map<String, Class<?>> BLOCKS =
      Map.ofEntries(
          Map.entry("/healing/blast-radius", BlastRadius.class),
          Map.entry("/healing/evidence", Evidence.class),
          Map.entry("/healing/rate", Rate.class),
          Map.entry("/notifications/watchdog", NotificationConfig.Watchdog.class),
          Map.entry("/cluster/security", ClusterSecurity.class),
          Map.entry("/cluster/seal", SealPolicy.class),
          Map.entry("/agent/seal", SecretRef.class),
          Map.entry("/agent/classification", ClassificationConfig.class),
          Map.entry("/server", ServerSection.class),
          Map.entry("/streams/http", StreamsSection.Http.class),
          Map.entry("/alerting/flink-tls", ClientTls.class),
          Map.entry("/agent/limits", PolicyConfig.class),
          Map.entry("/collectors/host", HostConfig.class),
          Map.entry("/collectors/container", ContainerConfig.class),
          Map.entry("/collectors/vm", VmConfig.class),
          Map.entry("/collectors/network", NetworkConfig.class),
          Map.entry("/collectors/app", AppConfig.class),
          Map.entry("/collectors/security", SecurityConfig.class));

  private final ObjectMapper mapper;

  ConfigSections(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** What the blocks' own records have against them, in no particular order. */
  List<ConfigProblem> problems(ConfigTree tree) {
    Map<String, Class<?>> blocks = new LinkedHashMap<>(BLOCKS);
    for (int i = 0; i < tree.root().path("checks").size(); i++) {
      blocks.put("/checks/" + i, HealthCheckConfig.class);
    }
    each(tree, "/healing/actions", Action.class, blocks);
    each(tree, "/healing/ladders", Ladder.class, blocks);
    each(tree, "/notifications/channels", ChannelConfig.class, blocks);
    List<ConfigProblem> problems = new ArrayList<>();
    blocks.forEach((pointer, type) -> bind(tree, pointer, type, problems));
    return problems;
  }

  private static void each(
      ConfigTree tree, String list, Class<?> type, Map<String, Class<?>> blocks) {
    for (int i = 0; i < tree.root().at(list).size(); i++) {
      blocks.put(list + "/" + i, type);
    }
  }

  private void bind(ConfigTree tree, String pointer, Class<?> type, List<ConfigProblem> problems) {
    JsonNode block = tree.root().at(pointer);
    if (block.isMissingNode() || block.isNull()) {
      return;
    }
    try {
      mapper.treeToValue(block, type);
    } catch (JsonMappingException refused) {
      StringBuilder place = new StringBuilder(pointer);
      refused
          .getPath()
          .forEach(
              step ->
                  place
                      .append('/')
                      .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName()));
      problems.add(tree.problem(place.toString(), sentence(refused)));
    } catch (JsonProcessingException refused) {
      problems.add(tree.problem(pointer, refused.getOriginalMessage()));
    }
  }

  private static String sentence(JsonMappingException refused) {
    return refused.getCause() instanceof IllegalArgumentException told
        ? told.getMessage()
        : refused.getOriginalMessage();
  }
}
