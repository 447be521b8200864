package io.tocsin.alerting.healing.execute.haproxy;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.PlainText;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Traffic to a server behind HAProxy, by its runtime API. Targets are called {@code
 * backend/server}.
 *
 * @param operation what is done to it
 * @param socket path of the admin socket; null for {@code tcp}
 * @param tcp host and port of the same, such as {@code 127.0.0.1:9999}; null for {@code socket}
 * @param weight what it is set to, for {@code weight}; what {@code to} is set to, for {@code
 *     switch}; 0 to 256
 * @param to server of the same backend that takes over, for {@code switch}
 */
public record HaproxySpec(Operation operation, Path socket, String tcp, Integer weight, String to)
    implements ExecutorSpec {

  /** What can be done to a server. */
  public enum Operation {
    /** No new traffic; sessions go on, checks too. */
    DRAIN,
    /** Neither traffic nor checks. */
    MAINT,
    /** Traffic as its checks and its weight allow. */
    READY,
    /** Another share of the traffic. */
    WEIGHT,
    /** Another server is made ready, and once it is up this one is drained. */
    SWITCH;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** HAProxy's own names, without a first character that could be taken for an option or a path. */
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.:-]{0,62}";

  private static final Pattern OBJECT = Pattern.compile(NAME + "/" + NAME);
  private static final Pattern TCP = Pattern.compile("([A-Za-z0-9][A-Za-z0-9.-]{0,252}):\\d{1,5}");

  /**
   * Checks what can be checked before it is needed.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public HaproxySpec {
    require(operation != null, "haproxy.operation is missing");
    require(
        (socket == null) != (tcp == null),
        "haproxy needs one of socket and tcp: where its runtime API is");
    if (tcp != null) {
      require(TCP.matcher(tcp).matches(), "haproxy.tcp '" + tcp + "' must be <host>:<port>");
      int port = Integer.parseInt(tcp.substring(tcp.lastIndexOf(':') + 1));
      require(port >= 1 && port <= 65_535, "haproxy.tcp has no such port: " + port);
    }
    require(
        weight == null || weight >= 0 && weight <= 256,
        "haproxy.weight must be from 0 to 256, not " + weight);
    require(
        operation != Operation.WEIGHT || weight != null,
        "haproxy.weight is missing: what the weight is set to");
    require(
        weight == null || operation == Operation.WEIGHT || operation == Operation.SWITCH,
        "haproxy.weight is for operation weight or switch, not " + operation.word());
    require(
        (operation == Operation.SWITCH) == (to != null),
        operation == Operation.SWITCH
            ? "haproxy.to is missing: the server that takes over"
            : "haproxy.to is for operation switch, not " + operation.word());
    require(
        operation != Operation.SWITCH || weight == null || weight > 0,
        "haproxy.weight of the server that takes over must be more than 0");
    require(
        to == null || OBJECT.matcher(to).matches(),
        "haproxy.to '" + to + "' must match " + OBJECT.pattern());
  }

  @Override
  public String kind() {
    return "haproxy";
  }

  @Override
  public String title() {
    return "haproxy " + operation.word();
  }

  @Override
  public boolean isDisruptive() {
    return operation != Operation.READY;
  }

  @Override
  public void checkObject(String object) {
    require(
        object.length() <= 127 && OBJECT.matcher(object).matches(),
        "target is called '"
            + PlainText.head(object, 80)
            + "', which must be <backend>/<server> and match "
            + OBJECT.pattern());
    if (to != null) {
      require(
          !object.equals(to) && ServerName.of(object).backend().equals(ServerName.of(to).backend()),
          "haproxy.to '" + to + "' must be another server of the backend of '" + object + "'");
    }
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new HaproxyExecutor(this);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
