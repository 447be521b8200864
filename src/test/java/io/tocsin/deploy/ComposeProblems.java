package io.tocsin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what services of the compose file name is there, and whether they have more than they
 * need.
 */
final class ComposeProblems {

  /** What may be otherwise, and why stands beside it in the file. */
  private static final Set<String> AGREED =
      Set.of("agent: network_mode host", "agent: pid host", "agent: the machine's /sys/fs/cgroup");

  private final JsonNode compose;
  private final Map<String, JsonNode> services;
  private final List<String> problems = new ArrayList<>();

  private ComposeProblems(JsonNode compose) {
    this.compose = compose;
    this.services = Compose.services(compose);
  }

  /** What is wrong with it. */
  static List<String> of(JsonNode compose) {
    ComposeProblems check = new ComposeProblems(compose);
    check.services.forEach(check::references);
    check.services.forEach(check::hardening);
    check.used("networks");
    check.used("volumes");
    check.used("secrets");
    return check.problems;
  }

  private void add(String problem) {
    if (!AGREED.contains(problem)) {
      problems.add(problem);
    }
  }

  private void references(String name, JsonNode service) {
    Compose.networks(service).forEach(each -> need(name, "networks", each));
    Compose.secrets(service).values().forEach(each -> need(name, "secrets", each));
    for (String[] volume : Compose.volumes(service)) {
      if (volume[0].startsWith(".")) {
        if (!Files.exists(Yaml.DEPLOY.resolve(volume[0]))) {
          add(name + ": there is no " + volume[0]);
        }
        if (!volume[volume.length - 1].equals("ro")) {
          add(name + ": may write " + volume[0]);
        }
      } else if (volume[0].startsWith("/")) {
        add(name + ": the machine's " + volume[0]);
      } else {
        need(name, "volumes", volume[0]);
      }
    }
    for (Map.Entry<String, JsonNode> waits : service.path("depends_on").properties()) {
      JsonNode other = services.get(waits.getKey());
      String condition = waits.getValue().path("condition").asText();
      if (other == null) {
        add(name + ": waits for " + waits.getKey() + ", which is no service");
      } else if (condition.equals("service_completed_successfully") != Compose.ends(other)
          || condition.equals("service_healthy") == Compose.ends(other)) {
        add(name + ": waits for " + waits.getKey() + " in a way that it never answers");
      }
    }
    boolean saysHowItIs =
        Compose.isOurs(service)
            || Compose.ends(service)
            || service.at("/healthcheck/test").size() > 0;
    if (!saysHowItIs) {
      add(name + ": has no health check");
    }
  }

  private void need(String name, String section, String what) {
    if (!compose.path(section).has(what)) {
      add(name + ": " + what + " is not among the " + section);
    }
  }

  private void used(String section) {
    Set<String> used = new HashSet<>();
    services
        .values()
        .forEach(
            service -> {
              used.addAll(Compose.networks(service));
              used.addAll(Compose.secrets(service).values());
              Compose.volumes(service).forEach(volume -> used.add(volume[0]));
            });
    compose
        .path(section)
        .fieldNames()
        .forEachRemaining(
            each -> {
              if (!used.contains(each)) {
                add(section + ": nobody uses " + each);
              }
            });
  }

  private void hardening(String name, JsonNode service) {
    if (!service.path("read_only").asBoolean()) {
      add(name + ": can write its own file system");
    }
    if (!Yaml.texts(service.path("cap_drop")).contains("ALL") || service.has("cap_add")) {
      add(name + ": has capabilities");
    }
    if (!Yaml.texts(service.path("security_opt")).contains("no-new-privileges:true")) {
      add(name + ": may gain rights");
    }
    if (service.path("privileged").asBoolean()
        || !service.path("user").asText().matches("[1-9][0-9]*:[0-9]+")) {
      add(name + ": runs as root");
    }
    for (String limit : List.of("mem_limit", "cpus", "pids_limit")) {
      if (!service.has(limit)) {
        add(name + ": has no " + limit);
      }
    }
    for (String shared : List.of("network_mode", "pid", "ipc")) {
      if (service.path(shared).asText().equals("host")) {
        add(name + ": " + shared + " host");
      }
    }
    for (String port : Yaml.texts(service.path("ports"))) {
      if (!port.startsWith("127.0.0.1:")) {
        add(name + ": " + port + " can be reached from elsewhere");
      }
    }
    for (Map.Entry<String, JsonNode> variable : service.path("environment").properties()) {
      String key = variable.getKey();
      boolean inTheOpen = key.matches(".*(PASSWORD|TOKEN|SECRET).*") && !key.matches(".*_FILE");
      if (inTheOpen) {
        add(name + ": a secret in the open: " + key);
      }
    }
  }
}
