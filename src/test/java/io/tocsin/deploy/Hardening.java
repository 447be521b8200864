package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether pods have no more than they need, and no more than they can take. */
final class Hardening {

  /** What may be otherwise, and why stands beside it in the file. */
  private static final Set<String> AGREED =
      Set.of(
          "agents: hostNetwork",
          "agents: hostPID",
          "agents: node's /sys/fs/cgroup",
          "agents: node's /var/lib/tocsin",
          "agents/directory: runs as root",
          "agents/directory: capability CHOWN");

  private static final String FLINKS_OWN = "tocsin-alerting";

  private final List<String> problems = new ArrayList<>();
  private final List<String> agreed = new ArrayList<>();

  private Hardening() {}

  /** What is not as it should be. */
  static List<String> problems(List<Manifest> all) {
    Hardening hardening = new Hardening();
    Workload.of(all).forEach(pods -> hardening.check(pods, all));
    all.forEach(hardening::rights);
    return hardening.problems;
  }

  /** Exceptions that nothing needs any more. */
  static List<String> notNeeded(List<Manifest> all) {
    Hardening hardening = new Hardening();
    Workload.of(all).forEach(pods -> hardening.check(pods, all));
    return AGREED.stream().filter(each -> !hardening.agreed.contains(each)).toList();
  }

  private void add(String problem) {
    (AGREED.contains(problem) ? agreed : problems).add(problem);
  }

  private void check(Workload pods, List<Manifest> all) {
    String who = pods.component();
    for (String key : Set.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace")) {
      if (pods.spec().path(key).asBoolean()) {
        add(who + ": " + key);
      }
    }
    pods.volumes()
        .filter(volume -> volume.has("hostPath"))
        .forEach(volume -> add(who + ": node's " + volume.at("/hostPath/path").asText()));
    if (!pods.spec().at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault")) {
      add(who + ": no seccomp profile");
    }
    pods.containers().forEach(container -> container(pods, container));
    boolean bound =
        all.stream()
            .filter(each -> each.kind().endsWith("RoleBinding"))
            .flatMap(each -> Yaml.each(each.json().path("subjects")))
            .anyMatch(
                subject ->
                    subject.path("name").asText().equals(pods.account())
                        && subject.path("namespace").asText().equals(pods.of().namespace()));
    boolean token =
        all.stream()
            .filter(each -> each.is("ServiceAccount", pods.of().namespace(), pods.account()))
            .anyMatch(each -> each.json().path("automountServiceAccountToken").asBoolean(true));
    if (token != bound) {
      add(who + (bound ? ": has rights and no token" : ": has a token that it has no use for"));
    }
    if (pods.replicas() > 1 && pods.spec().path("topologySpreadConstraints").isEmpty()) {
      add(who + ": all of its pods may be on one node");
    }
  }

  private void container(Workload pods, JsonNode container) {
    String name = container.path("name").asText();
    String who =
        Yaml.each(pods.spec().path("initContainers")).anyMatch(container::equals)
            ? pods.component() + "/" + name
            : pods.component();
    JsonNode security = container.path("securityContext");
    JsonNode ofPod = pods.spec().path("securityContext");
    boolean nonRoot =
        security.path("runAsNonRoot").asBoolean(ofPod.path("runAsNonRoot").asBoolean())
            && security.path("runAsUser").asInt(ofPod.path("runAsUser").asInt()) > 0;
    if (!nonRoot) {
      add(who + ": runs as root");
    }
    if (security.path("allowPrivilegeEscalation").asBoolean(true)) {
      add(who + ": may gain rights");
    }
    if (security.path("privileged").asBoolean()) {
      add(who + ": is privileged");
    }
    if (!security.path("readOnlyRootFilesystem").asBoolean()) {
      add(who + ": can write its own file system");
    }
    if (!Yaml.texts(security.at("/capabilities/drop")).contains("ALL")) {
      add(who + ": keeps capabilities");
    }
    Yaml.texts(security.at("/capabilities/add")).forEach(each -> add(who + ": capability " + each));
    for (String resource : List.of("cpu", "memory")) {
      if (container.at("/resources/limits/" + resource).isMissingNode()) {
        add(who + ": has no limit for " + resource);
      }
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.has("value")
          && variable.path("name").asText().matches(".*(PASS|TOKEN|SECRET|KEY).*")) {
        add(who + ": a secret in the open: " + variable.path("name").asText());
      }
    }
  }

  private void rights(Manifest manifest) {
    for (JsonNode rule : manifest.json().path("rules")) {
      for (String of : List.of("apiGroups", "resources", "verbs")) {
        if (rule.path(of).isEmpty() || Yaml.texts(rule.path(of)).contains("*")) {
          add(manifest + ": a rule without names of " + of);
        }
      }
      for (String resource : Yaml.texts(rule.path("resources"))) {
        if (resource.matches("secrets|pods/exec|pods/attach|nodes/proxy|.*bindings|.*roles")) {
          add(manifest + ": a right to " + resource);
        }
        // Whoever changes ConfigMaps says what others do; whoever makes pods mounts their Secrets.
        List<String> verbs = Yaml.texts(rule.path("verbs"));
        boolean amongOthers = !manifest.namespace().equals(FLINKS_OWN);
        if (resource.equals("pods") && verbs.contains("create")
            || resource.equals("configmaps") && verbs.contains("update") && amongOthers) {
          add(manifest + ": a right to make or change " + resource);
        }
      }
    }
  }
}
