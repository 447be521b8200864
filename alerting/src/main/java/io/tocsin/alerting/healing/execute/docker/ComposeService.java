package io.tocsin.alerting.healing.execute.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.docker.DockerSpec.Replicas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service of a compose project: the containers that carry its labels (<a
 * href="https://github.com/docker/compose/blob/main/pkg/api/labels.go">compose</a>). What is made
 * here carries them too, so compose takes it for its own; and the plan it was made for, so that a
 * repeat makes no more and a compensation removes these and no others.
 */
final class ComposeService {

  private static final String PROJECT = "com.docker.compose.project";
  private static final String SERVICE = "com.docker.compose.service";
  private static final String NUMBER = "com.docker.compose.container-number";
  private static final String ONE_OFF = "com.docker.compose.oneoff";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");

  /** Names that others have taken in the meantime. */
  private static final int MOST_NAMES = 10;

  private final DockerEngine engine;
  private final String object;
  private final String project;
  private final String service;

  /**
   * The service of that name.
   *
   * @param object project, slash, service; both checked
   */
  ComposeService(DockerEngine engine, String object) {
    this.engine = engine;
    this.object = object;
    project = object.substring(0, object.indexOf('/'));
    service = object.substring(project.length() + 1);
  }

  /** One line of Docker's list. */
  private record Entry(String id, boolean isRunning, int number, String planId) {}

  private List<Entry> list() throws IOException {
    ObjectNode filters = JsonNodeFactory.instance.objectNode();
    filters.putArray("label").add(PROJECT + "=" + project).add(SERVICE + "=" + service);
    JsonNode answer =
        engine.get("/containers/json?all=true&filters=" + DockerEngine.query(filters.toString()));
    if (!answer.isArray()) {
      throw new EngineException(0, "Docker's answer does not look as documented");
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode container : answer) {
      JsonNode labels = container.path("Labels");
      if (!labels.path(ONE_OFF).asText().equalsIgnoreCase("true")) {
        entries.add(
            new Entry(
                id(container),
                container.path("State").asText().equals("running"),
                labels.path(NUMBER).asInt(),
                labels.path(ContainerCopy.PLAN).asText("")));
      }
    }
    return entries;
  }

  private static String id(JsonNode container) throws EngineException {
    String id = container.path("Id").asText();
    if (!ID.matcher(id).matches()) {
      throw new EngineException(0, "Docker's answer has a container without an id");
    }
    return id;
  }

  TargetState look() throws IOException {
    List<Entry> all = list();
    long running = all.stream().filter(Entry::isRunning).count();
    return new TargetState(
        "%s has %d containers, %d of them running".formatted(object, all.size(), running),
        Map.of("replicas", Integer.toString(all.size())),
        Optional.empty());
  }

  /**
   * Makes as many more as one step is, less those that were made for the same plan before.
   *
   * @return what was done
   */
  String add(Replicas replicas, String planId) throws IOException {
    List<Entry> all = list();
    Entry model =
        all.stream()
            .filter(Entry::isRunning)
            .max(Comparator.comparingInt(Entry::number))
            .orElseThrow(
                () ->
                    new EngineException(
                        EngineException.NOT_FOUND,
                        "there is no running container of " + object + " to make another like"));
    long made = all.stream().filter(entry -> entry.planId().equals(planId)).count();
    long wanted = Math.min(replicas.by(), replicas.most() - (all.size() - made)) - made;
    if (wanted <= 0 && made == 0) {
      throw new EngineException(
          EngineException.CONFLICT,
          "%s has %d containers, and replicas.most is %d"
              .formatted(object, all.size(), replicas.most()));
    }
    JsonNode container = engine.get("/containers/" + model.id() + "/json");
    int number = all.stream().mapToInt(Entry::number).max().orElse(0);
    List<String> names = new ArrayList<>();
    for (long i = 0; i < wanted; i++) {
      names.add(make(container, number + 1 + (int) i, planId));
    }
    return names.isEmpty()
        ? "it was made for this plan already; " + object + " has " + all.size() + " containers"
        : "made %s; %s has %d containers"
            .formatted(String.join(", ", names), object, all.size() + names.size());
  }

  private String make(JsonNode model, int number, String planId) throws IOException {
    ContainerCopy copy = ContainerCopy.of(model, number, planId);
    String stem = project + "-" + service + "-";
    for (int at = number; ; at++) {
      String name = stem + at;
      String id;
      try {
        id = id(engine.post("/containers/create?name=" + name, copy.body()));
      } catch (EngineException refused) {
        if (refused.status() != EngineException.CONFLICT || at - number >= MOST_NAMES) {
          throw refused;
        }
        continue;
      }
      start(id, name, copy);
      return name;
    }
  }

  private void start(String id, String name, ContainerCopy copy) throws IOException {
    try {
      for (Map.Entry<String, ObjectNode> network : copy.others().entrySet()) {
        ObjectNode connection = JsonNodeFactory.instance.objectNode().put("Container", id);
        connection.set("EndpointConfig", network.getValue());
        engine.post("/networks/" + DockerEngine.query(network.getKey()) + "/connect", connection);
      }
      engine.post("/containers/" + id + "/start", null);
    } catch (EngineException refused) {
      remove(id);
      throw new EngineException(
          refused.status(),
          "made " + name + ", which did not start and was removed: " + refused.getMessage());
    }
  }

  /** Removes those that were made for a plan. */
  String remove(String planId, long stopSeconds) throws IOException {
    List<Entry> made = list().stream().filter(entry -> entry.planId().equals(planId)).toList();
    for (Entry entry : made) {
      if (entry.isRunning()) {
        engine.post("/containers/" + entry.id() + "/stop?t=" + stopSeconds, null);
      }
      remove(entry.id());
    }
    return "removed %d containers of %s that were made for plan %s"
        .formatted(made.size(), object, PlainText.head(planId, 60));
  }

  private void remove(String id) throws IOException {
    engine.delete("/containers/" + id + "?force=true&v=true");
  }
}
