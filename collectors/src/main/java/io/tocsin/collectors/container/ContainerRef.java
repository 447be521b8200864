package io.tocsin.collectors.container;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container as the path of its control group names it.
 *
 * @param path of the control group below the root, with a slash at its start
 * @param runtime who runs it: docker, containerd, crio, podman, lxc; {@code unknown} where the path
 *     does not say
 * @param id 64 hexadecimal digits; for lxc the container's name
 * @param podUid the pod it belongs to; null outside Kubernetes
 */
record ContainerRef(String path, String runtime, String id, String podUid) {

  private static final String ID = "([0-9a-f]{64})";
  private static final Pattern SCOPE =
      Pattern.compile(
          "(?:.*[:/-])?(docker|cri-containerd|crio|libpod|nerdctl)[:-]" + ID + "(?:\\.scope)?");
  private static final Pattern BARE = Pattern.compile(ID);
  private static final Pattern LXC = Pattern.compile("lxc\\.payload\\.([\\w.-]{1,128})");
  private static final Pattern LXC_NAME = Pattern.compile("[\\w.-]{1,128}");
  private static final Pattern POD =
      Pattern.compile("pod([0-9a-f]{8}([_-]?[0-9a-f]{4}){3}[_-]?[0-9a-f]{12}|[0-9a-f]{32})");

  /** How many digits of an id stand for it, as in {@code docker ps}. */
  private static final int SHORT = 12;

  /** The container of this group, if it is one's. */
  static Optional<ContainerRef> of(String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    String above = path.substring(0, Math.max(0, slash));
    String parent = above.substring(above.lastIndexOf('/') + 1);
    Matcher scope = SCOPE.matcher(name);
    if (scope.matches()) {
      return Optional.of(
          new ContainerRef(path, runtime(scope.group(1)), scope.group(2), pod(path)));
    }
    if (BARE.matcher(name).matches()) {
      return Optional.of(new ContainerRef(path, parentRuntime(parent), name, pod(path)));
    }
    Matcher lxc = LXC.matcher(name);
    if (lxc.matches()) {
      return Optional.of(new ContainerRef(path, "lxc", lxc.group(1), null));
    }
    boolean belowLxc = parent.equals("lxc") || parent.equals("lxc.payload");
    if (belowLxc && LXC_NAME.matcher(name).matches()) {
      return Optional.of(new ContainerRef(path, "lxc", name, null));
    }
    return Optional.empty();
  }

  private static String runtime(String prefix) {
    return switch (prefix) {
      case "cri-containerd", "nerdctl" -> "containerd";
      case "libpod" -> "podman";
      default -> prefix;
    };
  }

  private static String parentRuntime(String parent) {
    return switch (parent) {
      case "docker" -> "docker";
      case "libpod_parent", "podman" -> "podman";
      case "containerd", "default", "k8s.io" -> "containerd";
      default -> "unknown";
    };
  }

  private static String pod(String path) {
    if (!path.contains("kubepods")) {
      return null;
    }
    Matcher pod = POD.matcher(path);
    String uid = null;
    while (pod.find()) {
      uid = pod.group(1);
    }
    // systemd's names allow no dashes in the middle.
    return uid == null ? null : uid.replace('_', '-');
  }

  /** What stands for it where nobody knows its name. */
  String shortName() {
    return runtime.equals("lxc") ? id : id.substring(0, SHORT);
  }
}
