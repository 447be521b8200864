package io.tocsin.collectors.security;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import io.tocsin.collectors.ResourceIds;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecuritySource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns what the Docker daemon tells into security events. The severity of a create depends on what
 * the container may do, which is looked up. Not thread-safe.
 */
final class DockerEventReader {

  private static final long NANOS = 1_000_000_000L;

  /** Docker shows ids this long. */
  private static final int SHORT_ID = 12;

  /** The daemon's own attributes; the others are labels, which anybody may choose. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "exitCode", "exit-code",
          "signal", "signal",
          "execID", "exec-id",
          "oldName", "old-name",
          "destination", "destination",
          "read/write", "read-write",
          "execDuration", "duration-seconds");

  private final String host;
  private final Severities severities;
  private final KnownContainers containers;

  DockerEventReader(String host, Severities severities, ContainerLookup lookup) {
    this.host = host;
    this.severities = severities;
    this.containers = new KnownContainers(lookup);
  }

  /** When an event happened, in nanoseconds since 1970; daemons before 1.10 know seconds only. */
  static long nanosOf(Event event) {
    if (event.getTimeNano() != null) {
      return event.getTimeNano();
    }
    return event.getTime() == null ? 0 : event.getTime() * NANOS;
  }

  /** The id of the security event that {@code event} would make. */
  static String idOf(String host, Event event) {
    EventActor actor = event.getActor();
    return EventIds.of(
        "docker",
        host,
        String.valueOf(event.getType()),
        event.getAction(),
        actor == null ? event.getId() : actor.getId(),
        attributesOf(event).get("execID"),
        Long.toString(nanosOf(event)));
  }

  /** The security event; empty for what does not concern security. */
  Optional<SecurityEvent.Builder> read(Event event) {
    String told = event.getAction() == null ? "" : event.getAction();
    int colon = told.indexOf(':');
    String word = colon < 0 ? told : told.substring(0, colon);
    String rest = colon < 0 ? "" : told.substring(colon + 1).strip();
    DockerAction action = DockerAction.of(event.getType(), word);
    if (action == null || event.getActor() == null) {
      return Optional.empty();
    }
    Map<String, String> given = attributesOf(event);
    SecurityEvent.Builder result =
        SecurityEvent.newBuilder()
            .setId(idOf(host, event))
            .setAt(at(event))
            .setSource(SecuritySource.DOCKER);
    Map<String, String> attributes = new LinkedHashMap<>();
    String actor = event.getActor().getId() == null ? "" : event.getActor().getId();
    if (event.getType() == EventType.IMAGE) {
      aboutHost(result);
      result.setImage(PlainText.of(given.getOrDefault("name", actor), PlainText.VALUE));
    } else if (event.getType() == EventType.VOLUME) {
      attributes.put("volume", PlainText.of(actor, PlainText.VALUE));
      aboutMounting(result, given.getOrDefault("container", ""));
    } else {
      aboutContainer(result, actor, given);
      action = judged(action, actor, rest, given, attributes);
    }
    ATTRIBUTES.forEach(
        (theirs, ours) -> {
          if (given.containsKey(theirs)) {
            attributes.put(ours, PlainText.of(given.get(theirs), PlainText.VALUE));
          }
        });
    result.setAction(action.key()).setSeverity(severities.of(action.key(), action.usual()));
    result.setTitle(PlainText.of(title(result, action, rest, given), PlainText.TITLE));
    result.setAttributes(attributes);
    if (action == DockerAction.DESTROY) {
      containers.forget(actor);
    }
    return Optional.of(result);
  }

  private static Map<String, String> attributesOf(Event event) {
    Map<String, String> given = event.getActor() == null ? null : event.getActor().getAttributes();
    return given == null ? Map.of() : given;
  }

  private static Instant at(Event event) {
    return Instant.ofEpochMilli(nanosOf(event) / 1_000_000);
  }

  private void aboutHost(SecurityEvent.Builder event) {
    event.setResourceId(ResourceIds.of(ResourceKind.HOST, host)).setKind(ResourceKind.HOST);
  }

  private void aboutMounting(SecurityEvent.Builder event, String containerId) {
    Optional<String> name = containers.nameOf(containerId);
    if (name.isPresent()) {
      aboutContainer(event, name.get());
    } else {
      aboutHost(event);
    }
  }

  private void aboutContainer(
      SecurityEvent.Builder event, String containerId, Map<String, String> given) {
    String now = given.getOrDefault("name", "");
    String before = given.getOrDefault("oldName", now);
    String name = before.startsWith("/") ? before.substring(1) : before;
    if (name.isEmpty()) {
      name = containerId.substring(0, Math.min(SHORT_ID, containerId.length()));
    }
    if (name.isEmpty()) {
      aboutHost(event);
      return;
    }
    aboutContainer(event, containers.firstName(containerId, name));
    event.setImage(PlainText.of(given.getOrDefault("image", ""), PlainText.VALUE));
    String service = given.getOrDefault("tocsin.service", given.get("com.docker.compose.service"));
    event.setService(service == null ? null : PlainText.of(service, PlainText.TITLE));
  }

  private void aboutContainer(SecurityEvent.Builder event, String name) {
    event
        .setResourceId(ResourceIds.of(ResourceKind.CONTAINER, host, name))
        .setKind(ResourceKind.CONTAINER)
        .setContainer(PlainText.of(name, PlainText.VALUE));
  }

  /** The action that the details make of what the daemon calls {@code action}. */
  private DockerAction judged(
      DockerAction action,
      String containerId,
      String rest,
      Map<String, String> given,
      Map<String, String> attributes) {
    attributes.put("container-id", PlainText.of(containerId, PlainText.VALUE));
    return switch (action) {
      case CREATE -> judgedCreate(containerId, attributes);
      case DIE ->
          given.getOrDefault("exitCode", "0").equals("0") ? action : DockerAction.DIE_FAILED;
      case EXEC, EXEC_CREATE -> {
        attributes.put("command", PlainText.of(rest, PlainText.VALUE));
        Optional<ContainerFacts> facts = containers.facts(containerId);
        yield facts.isPresent() && rest.equals(facts.get().healthCheck())
            ? DockerAction.EXEC_HEALTH_CHECK
            : action;
      }
      case HEALTH_STATUS -> {
        attributes.put("status", PlainText.of(rest, PlainText.VALUE));
        yield rest.equals("unhealthy") ? DockerAction.HEALTH_STATUS_UNHEALTHY : action;
      }
      case RENAME -> {
        attributes.put("new-name", PlainText.of(given.get("name"), PlainText.VALUE));
        yield action;
      }
      default -> action;
    };
  }

  private DockerAction judgedCreate(String containerId, Map<String, String> attributes) {
    Optional<ContainerFacts> found = containers.facts(containerId);
    if (found.isEmpty()) {
      attributes.put("inspected", "false");
      return DockerAction.CREATE;
    }
    List<String> takeover = found.get().takeover();
    List<String> access = found.get().hostAccess();
    if (!takeover.isEmpty() || !access.isEmpty()) {
      attributes.put(
          "risks",
          Stream.concat(takeover.stream(), access.stream()).collect(Collectors.joining(",")));
    }
    if (!takeover.isEmpty()) {
      return DockerAction.CREATE_PRIVILEGED;
    }
    return access.isEmpty() ? DockerAction.CREATE : DockerAction.CREATE_HOST_ACCESS;
  }

  private String title(
      SecurityEvent.Builder event, DockerAction action, String rest, Map<String, String> given) {
    String subject = event.getContainer();
    if (subject == null) {
      subject = event.getImage() == null ? host : event.getImage();
    }
    String title = subject + ": " + action.key();
    if (!rest.isEmpty()) {
      return title + ": " + rest;
    }
    String exitCode = given.get("exitCode");
    return exitCode == null ? title : title + " with exit code " + exitCode;
  }
}
