package io.tocsin.collectors.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.schemas.Health;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers the containers of the pods that a kubelet lists. */
final class KubeletPods {

  private static final Pattern ID = Pattern.compile("[a-z-]{1,32}://([0-9a-f]{64})");
  private static final List<String> KINDS =
      List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses");
  private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");
  private static final int MOST_CONTAINERS = 5_000;
  private static final int LONGEST = 253;

  private final LabelRules rules;
  private final String where;
  private final Map<String, Described> containers = new HashMap<>();
  private final Set<String> pods = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  KubeletPods(LabelRules rules, String where) {
    this.rules = rules;
    this.where = where;
  }

  void add(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    String name = metadata.path("name").asText("");
    if (name.isEmpty()) {
      problems.add(new Problem(Reason.MALFORMED, where, "lists a pod that has no name"));
      return;
    }
    pods.add(metadata.path("uid").asText(""));
    // A static pod's groups are named after its configuration's hash instead.
    pods.add(metadata.path("annotations").path("kubernetes.io/config.hash").asText(""));
    for (String kind : KINDS) {
      for (JsonNode status : pod.path("status").path(kind)) {
        addContainer(pod, name, status, kind.equals("containerStatuses"));
      }
    }
  }

  private void addContainer(JsonNode pod, String podName, JsonNode status, boolean main) {
    Matcher id = ID.matcher(status.path("containerID").asText(""));
    String name = status.path("name").asText("");
    if (name.isEmpty()) {
      problems.add(new Problem(Reason.MALFORMED, where, "lists a container that has no name"));
      return;
    }
    // One that could not be started yet, for want of its image perhaps, has no id.
    String key =
        id.matches() ? id.group(1) : pod.path("metadata").path("uid").asText("") + "/" + name;
    if (containers.size() >= MOST_CONTAINERS) {
      problems.add(
          new Problem(
              Reason.OVER_LIMIT, where, "lists more than " + MOST_CONTAINERS + " containers"));
      return;
    }
    String namespace = pod.path("metadata").path("namespace").asText("default");
    JsonNode labels = pod.path("metadata").path("labels");
    Map<String, String> resourceLabels = new LinkedHashMap<>();
    if (id.matches()) {
      resourceLabels.put("container.id", id.group(1));
    }
    resourceLabels.put("container.name", Words.clean(name, LONGEST));
    resourceLabels.put("pod", Words.clean(podName, LONGEST));
    resourceLabels.put("namespace", Words.clean(namespace, LONGEST));
    resourceLabels.put("image", Words.clean(status.path("image").asText(""), LONGEST));
    rules.take(labels, resourceLabels);
    containers.put(
        key,
        new Described(
            key,
            Words.clean(namespace + "/" + podName + "/" + name, 3 * LONGEST),
            List.of(namespace, podName, name),
            rules.service(labels),
            LabelRules.tier(labels),
            resourceLabels,
            condition(status, main, pod.path("spec").path("restartPolicy").asText("Always"))));
  }

  private static Condition condition(JsonNode status, boolean main, String policy) {
    JsonNode running = status.path("state").path("running");
    JsonNode waiting = status.path("state").path("waiting");
    JsonNode last = status.path("lastState").path("terminated");
    JsonNode ended = status.path("state").path("terminated");
    JsonNode run = ended.isObject() ? ended : last;
    Integer exitCode =
        run.path("exitCode").canConvertToInt() ? (Integer) run.path("exitCode").intValue() : null;
    Long restarts =
        status.path("restartCount").isIntegralNumber()
            ? (Long) status.path("restartCount").longValue()
            : null;
    if (running.isObject()) {
      boolean started = status.path("started").asBoolean(true);
      boolean ready = !main || status.path("ready").asBoolean(true);
      Health health = ready ? Health.UP : started ? Health.DOWN : Health.UNKNOWN;
      String evidence =
          ready ? "it runs" : started ? "it is not ready" : "its start-up probe has not passed yet";
      return new Condition(
          health,
          "running",
          evidence,
          true,
          true,
          restarts,
          DockerState.instant(running.path("startedAt").asText("")),
          exitCode);
    }
    String ending =
        exitCode == null
            ? ""
            : "it ended with code %d (%s)"
                .formatted(exitCode, Words.clean(run.path("reason").asText("no reason given"), 64));
    if (waiting.isObject()) {
      String word = Words.clean(waiting.path("reason").asText("waiting"), 64);
      String evidence = ending.isEmpty() ? "the kubelet says " + word : ending;
      boolean wanted = main && !STARTING.contains(word);
      return new Condition(Health.DOWN, word, evidence, false, wanted, restarts, null, exitCode);
    }
    boolean wanted =
        main
            && (policy.equals("Always")
                || policy.equals("OnFailure") && exitCode != null && exitCode != 0);
    return new Condition(
        Health.DOWN, "terminated", ending, false, wanted, restarts, null, exitCode);
  }

  Roster roster(long askedAt) {
    pods.remove("");
    return new Roster(askedAt, Map.copyOf(containers), Set.copyOf(pods), List.copyOf(problems));
  }
}
