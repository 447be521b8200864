package io.tocsin.alerting.healing.execute.kubernetes;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Kubernetes calls a target: {@code namespace/deployment/name}, {@code
 * namespace/statefulset/name}, {@code namespace/pod/name} or {@code node/name}.
 *
 * @param namespace empty for a node
 */
record KubeObject(String namespace, Kind kind, String name) {

  /** The kinds that anything can be done to. */
  enum Kind {
    DEPLOYMENT,
    STATEFULSET,
    POD,
    NODE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A name may have 253 characters, a namespace 63 (Kubernetes, "Object Names and IDs"). */
  private static final int LONGEST = 253 + 63 + 20;

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String NAME = "(" + LABEL + "(?:\\." + LABEL + ")*)";
  private static final Pattern NAMESPACED =
      Pattern.compile("(" + LABEL + ")/(deployment|statefulset|pod)/" + NAME);
  private static final Pattern NODE = Pattern.compile("node/" + NAME);

  /** From what the configuration calls a target; empty if it is none of the forms. */
  static Optional<KubeObject> parse(String object) {
    if (object.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher namespaced = NAMESPACED.matcher(object);
    if (namespaced.matches()) {
      Kind kind = Kind.valueOf(namespaced.group(2).toUpperCase(Locale.ROOT));
      return Optional.of(new KubeObject(namespaced.group(1), kind, namespaced.group(3)));
    }
    Matcher node = NODE.matcher(object);
    return node.matches()
        ? Optional.of(new KubeObject("", Kind.NODE, node.group(1)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return (namespace.isEmpty() ? "" : namespace + "/") + kind.word() + "/" + name;
  }
}
