package io.tocsin.collectors.security;

import com.github.dockerjava.api.model.EventType;
import io.tocsin.schemas.Severity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the Docker daemon reports that concerns security, and how bad it is unless configured
 * otherwise. {@link #key} is both the action of the security event and the key in the configured
 * severities. Events of other actions, such as {@code top}, {@code resize} or the end of an exec,
 * are left out: they follow from those here or change nothing.
 */
enum DockerAction {
  /** A container was made. */
  CREATE(Severity.INFO),
  /** The same for one that can reach its host's network, processes or inter-process memory. */
  CREATE_HOST_ACCESS(Severity.MEDIUM),
  /**
   * The same for one that can take its host over: privileged, with the Docker socket or the root
   * folder of the host mounted, or with capabilities such as SYS_ADMIN.
   */
  CREATE_PRIVILEGED(Severity.HIGH),
  START(Severity.INFO),
  STOP(Severity.INFO),
  RESTART(Severity.INFO),
  KILL(Severity.INFO),
  /** It ended with exit code 0. */
  DIE(Severity.INFO),
  /** It ended with another one. */
  DIE_FAILED(Severity.LOW),
  /** The kernel killed something in it for lack of memory. */
  OOM(Severity.MEDIUM),
  PAUSE(Severity.INFO),
  UNPAUSE(Severity.INFO),
  DESTROY(Severity.INFO),
  RENAME(Severity.INFO),
  UPDATE(Severity.INFO),
  ATTACH(Severity.INFO),
  /** A command was prepared; {@link #EXEC} follows when it starts. */
  EXEC_CREATE(Severity.INFO),
  /** Somebody runs a command in a container. */
  EXEC(Severity.MEDIUM),
  /** The daemon runs the container's own health check. */
  EXEC_HEALTH_CHECK(Severity.INFO),
  /** The health check's verdict. */
  HEALTH_STATUS(Severity.INFO),
  /** The same where it is {@code unhealthy}. */
  HEALTH_STATUS_UNHEALTHY(Severity.LOW),
  /** Its file system became an image. */
  COMMIT(Severity.INFO),
  /** Its file system was copied out. */
  EXPORT(Severity.INFO),
  /** Files were copied between it and the host. */
  COPY(Severity.INFO),
  ARCHIVE_PATH(Severity.INFO),
  EXTRACT_TO_DIR(Severity.INFO),
  /** A volume was mounted into it. */
  MOUNT(Severity.INFO),
  IMAGE_PULL(Severity.INFO),
  IMAGE_PUSH(Severity.INFO),
  IMAGE_IMPORT(Severity.INFO),
  IMAGE_LOAD(Severity.INFO),
  IMAGE_SAVE(Severity.INFO),
  IMAGE_TAG(Severity.INFO),
  IMAGE_UNTAG(Severity.INFO),
  IMAGE_DELETE(Severity.INFO);

  private static final Map<String, DockerAction> BY_KEY = new HashMap<>();

  static {
    for (DockerAction action : values()) {
      BY_KEY.put(action.key, action);
    }
  }

  private final String key;
  private final Severity usual;

  DockerAction(Severity usual) {
    this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.usual = usual;
  }

  /** Its name in events and configuration, such as {@code exec-create}. */
  String key() {
    return key;
  }

  /** How bad it is unless configured otherwise. */
  Severity usual() {
    return usual;
  }

  /**
   * The action that the daemon calls {@code word}; null for those left out.
   *
   * @param word without what follows the first colon, such as {@code exec_start}
   */
  static DockerAction of(EventType type, String word) {
    if (type == EventType.IMAGE) {
      return BY_KEY.get("image-" + word);
    }
    if (type == EventType.VOLUME) {
      return word.equals("mount") ? MOUNT : null;
    }
    if (type != EventType.CONTAINER || word.equals("mount")) {
      return null;
    }
    // No word of the daemon has a dash, so none can name what is concluded from details here.
    boolean isOurs =
        word.indexOf('-') >= 0 && !word.equals("archive-path") && !word.equals("extract-to-dir");
    if (isOurs || word.equals("exec")) {
      return null;
    }
    return word.equals("exec_start") ? EXEC : BY_KEY.get(word.replace('_', '-'));
  }
}
