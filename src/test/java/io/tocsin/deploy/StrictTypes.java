package io.tocsin.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of Kubernetes' API, taken at their word: a field that they do not have is an error,
 * where fabric8 by itself keeps it for later versions.
 */
final class StrictTypes {

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.of(
              Namespace.class,
              ServiceAccount.class,
              ConfigMap.class,
              Service.class,
              PersistentVolumeClaim.class,
              Deployment.class,
              StatefulSet.class,
              DaemonSet.class,
              Job.class,
              PodDisruptionBudget.class,
              HorizontalPodAutoscaler.class,
              NetworkPolicy.class,
              Role.class,
              RoleBinding.class,
              ClusterRole.class,
              ClusterRoleBinding.class)
          .collect(
              Collectors.toMap(
                  type -> HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type),
                  Function.identity()));

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new NothingElse())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private StrictTypes() {}

  /** Leaves out the place that fabric8's types have for fields they do not know. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /** Reads an object; what is wrong with it, if its type is not kept to. */
  static HasMetadata read(JsonNode json) throws JsonProcessingException {
    String of = json.path("apiVersion").asText() + " " + json.path("kind").asText();
    Class<? extends HasMetadata> type = KINDS.get(of);
    if (type == null) {
      throw new IllegalArgumentException("no type is known for " + of);
    }
    return MAPPER.treeToValue(json, type);
  }

  /** What is wrong with an object; empty if nothing is. */
  static Optional<String> problem(JsonNode json) {
    if (FlinkType.is(json)) {
      List<String> problems = FlinkType.problems(json);
      return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", problems));
    }
    try {
      read(json);
      return Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }
}
