package io.tocsin.collectors.health;

import io.tocsin.schemas.ProbeKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a health check asks. Every constructor throws {@link IllegalArgumentException} if a value is
 * outside what is documented; a null component takes its default.
 */
public sealed interface Target {

  /** How probes of it are marked. */
  ProbeKind kind();

  /** For people; without what may hold a secret, such as the query of a URL or arguments. */
  String describe();

  /** What listens at an address. */
  sealed interface Network extends Target {

    /** Name or address that is connected to. */
    String hostName();

    /** Port that is connected to. */
    int portNumber();
  }

  /**
   * A GET over HTTP/1.1, redirects not followed, no proxy.
   *
   * @param url http or https, with a host and without user name or fragment
   * @param statusFrom lowest status that means UP; default 200
   * @param statusTo highest status that means UP; default 299
   * @param bodyContains text that must stand in the first 64 KiB of the body, as UTF-8; default:
   *     the body is not read
   */
  record Http(URI url, Integer statusFrom, Integer statusTo, String bodyContains)
      implements Network {

    public Http {
      if (url == null || url.getHost() == null || !isHttp(url)) {
        throw new IllegalArgumentException(
            "url '" + url + "' must look like http://host:port/path or https://host/path");
      }
      if (url.getUserInfo() != null || url.getFragment() != null) {
        throw new IllegalArgumentException(
            "url of host '" + url.getHost() + "' must have neither user name nor fragment");
      }
      statusFrom = statusFrom == null ? Integer.valueOf(200) : statusFrom;
      statusTo = statusTo == null ? Integer.valueOf(299) : statusTo;
      if (statusFrom < 100 || statusTo > 599 || statusFrom > statusTo) {
        throw new IllegalArgumentException(
            "expected status %d-%d must be a range within 100-599".formatted(statusFrom, statusTo));
      }
      if (bodyContains != null && (bodyContains.isEmpty() || bodyContains.length() > 1024)) {
        throw new IllegalArgumentException("body-contains must have 1 to 1024 characters");
      }
    }

    /** Any status from 200 to 299, any body. */
    public Http(URI url) {
      this(url, null, null, null);
    }

    @Override
    public ProbeKind kind() {
      return ProbeKind.HTTP;
    }

    @Override
    public String hostName() {
      String host = url.getHost();
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public int portNumber() {
      if (url.getPort() >= 0) {
        return url.getPort();
      }
      return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    @Override
    public String describe() {
      String path = url.getRawPath() == null ? "" : url.getRawPath();
      return url.getScheme() + "://" + url.getRawAuthority() + path;
    }
  }

  /**
   * A TCP connection, closed as soon as it is open.
   *
   * @param host name or address
   * @param port 1 to 65535
   */
  record Tcp(String host, int port) implements Network {

    public Tcp {
      requireAddress(host, port);
    }

    @Override
    public ProbeKind kind() {
      return ProbeKind.TCP;
    }

    @Override
    public String hostName() {
      return host;
    }

    @Override
    public int portNumber() {
      return port;
    }

    @Override
    public String describe() {
      return address(host, port);
    }
  }

  /**
   * The gRPC health checking protocol, {@code grpc.health.v1.Health/Check}: SERVING is UP, a status
   * of 0 ("unknown") and a server without that protocol are UNKNOWN, all else is DOWN.
   *
   * @param host name or address
   * @param port 1 to 65535
   * @param service the service asked about, at most 255 characters; default: the server as a whole
   * @param tls whether to use TLS, trusting what the Java runtime trusts; default: no
   */
  record Grpc(String host, int port, String service, boolean tls) implements Network {

    public Grpc {
      requireAddress(host, port);
      service = service == null ? "" : service;
      require(service.length() <= 255, "grpc service must have at most 255 characters");
    }

    @Override
    public ProbeKind kind() {
      return ProbeKind.GRPC;
    }

    @Override
    public String hostName() {
      return host;
    }

    @Override
    public int portNumber() {
      return port;
    }

    @Override
    public String describe() {
      return "grpc " + address(host, port) + (service.isEmpty() ? "" : "/" + service);
    }
  }

  /**
   * A program: exit code 0 is UP, all else DOWN. Its arguments go to the kernel as they are, no
   * shell; its environment is {@code PATH}, {@code HOME} and {@code LANG} only, so that no secret
   * of the agent leaks. At the timeout it and its descendants are killed, and it counts as DOWN.
   *
   * @param argv program and arguments; the program is an absolute path or a name found in PATH
   * @param workingDirectory absolute; default: the agent's own
   * @param unknownExitCodes exit codes from 1 to 255 that mean UNKNOWN, such as 3 for Nagios
   *     plug-ins; default: none
   */
  record Exec(List<String> argv, Path workingDirectory, List<Integer> unknownExitCodes)
      implements Target {

    public Exec {
      require(argv != null && !argv.isEmpty(), "exec argv is empty: begin it with a program");
      argv = List.copyOf(argv);
      String program = argv.get(0);
      require(
          !program.isBlank() && (program.indexOf('/') < 0 || program.startsWith("/")),
          "exec program '%s' must be an absolute path, or a name that is found in PATH",
          program);
      require(
          argv.stream().noneMatch(argument -> argument.indexOf('\0') >= 0),
          "exec argv must not contain a NUL character");
      require(
          workingDirectory == null || workingDirectory.isAbsolute(),
          "exec working-directory '%s' must be absolute",
          workingDirectory);
      unknownExitCodes = unknownExitCodes == null ? List.of() : List.copyOf(unknownExitCodes);
      require(
          unknownExitCodes.stream().allMatch(code -> code >= 1 && code <= 255),
          "exec unknown-exit-codes %s must be from 1 to 255",
          unknownExitCodes);
    }

    @Override
    public ProbeKind kind() {
      return ProbeKind.EXEC;
    }

    @Override
    public String describe() {
      return "exec " + argv.get(0);
    }
  }

  /**
   * A systemd unit, asked over D-Bus; see {@link UnitState} for what counts as UP.
   *
   * @param unit its name; {@code .service} is added to a name without a type
   * @param address of the bus; default: {@code unix:path=/run/dbus/system_bus_socket}
   */
  record Systemd(String unit, String address) implements Target {

    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_.@\\\\-]{1,255}");
    private static final Pattern TYPED =
        Pattern.compile(
            ".+\\.(service|socket|timer|mount|automount|swap|path|target|device|slice|scope)");

    public Systemd {
      require(
          unit != null && UNIT.matcher(unit).matches(),
          "systemd unit '%s' must match %s",
          unit,
          UNIT.pattern());
      unit = TYPED.matcher(unit).matches() ? unit : unit + ".service";
      address = address == null ? "unix:path=/run/dbus/system_bus_socket" : address;
      require(
          address.matches("unix:path=/[-0-9A-Za-z_/.]+"),
          "systemd address '%s' must look like unix:path=/run/dbus/system_bus_socket",
          address);
    }

    @Override
    public ProbeKind kind() {
      return ProbeKind.SYSTEMD;
    }

    @Override
    public String describe() {
      return "systemd " + unit;
    }
  }

  /**
   * A Docker container: what its HEALTHCHECK says, and where it has none whether it runs; see
   * {@link ContainerHealth}.
   *
   * @param container name or id
   * @param socket of the daemon; default: {@code /var/run/docker.sock}
   */
  record Docker(String container, Path socket) implements Target {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

    public Docker {
      require(
          container != null && NAME.matcher(container).matches(),
          "docker container '%s' must match %s",
          container,
          NAME.pattern());
      socket = socket == null ? Path.of("/var/run/docker.sock") : socket;
    }

    @Override
    public ProbeKind kind() {
      return ProbeKind.DOCKER;
    }

    @Override
    public String describe() {
      return "docker " + container;
    }
  }

  /**
   * Pods of Kubernetes and their Ready condition: one pod, those with certain labels, or those of a
   * deployment. Exactly one of the three is given.
   *
   * @param namespace where they are; default: {@code default}
   * @param pod name of one pod
   * @param selector label selector, such as {@code app=shop,tier!=test}
   * @param deployment name of a deployment
   * @param minReadyPercent share of the pods that must be ready for UP, 1 to 100, at least one pod;
   *     default 1: a Service goes on with one ready pod, and an update makes the others come and go
   * @param api where the API server is; default: {@code https://kubernetes.default.svc}
   * @param tokenFile bearer token, read anew at each pass; default: that of the service account
   *     where it exists
   * @param caFile certificates in PEM that the API server's must be signed by; default: that of the
   *     service account where it exists, else what the Java runtime trusts
   */
  record Kubernetes(
      String namespace,
      String pod,
      String selector,
      String deployment,
      Integer minReadyPercent,
      URI api,
      Path tokenFile,
      Path caFile)
      implements Target {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    public Kubernetes {
      namespace = namespace == null ? "default" : namespace;
      requireName("namespace", namespace);
      require(
          Stream.of(pod, selector, deployment).filter(given -> given != null).count() == 1,
          "a kubernetes check needs exactly one of pod, selector and deployment");
      requireName("pod", pod);
      requireName("deployment", deployment);
      require(
          selector == null || selector.matches("[ -~]{1,512}"),
          "kubernetes selector must have 1 to 512 printable ASCII characters");
      minReadyPercent = minReadyPercent == null ? Integer.valueOf(1) : minReadyPercent;
      require(
          minReadyPercent >= 1 && minReadyPercent <= 100,
          "kubernetes min-ready-percent %d must be from 1 to 100",
          minReadyPercent);
      api = api == null ? URI.create("https://kubernetes.default.svc") : api;
      require(
          api.getHost() != null
              && isHttp(api)
              && api.getUserInfo() == null
              && api.getQuery() == null
              && api.getFragment() == null,
          "kubernetes api must look like https://host:port");
    }

    private static void requireName(String key, String name) {
      require(
          name == null || NAME.matcher(name).matches(),
          "kubernetes %s '%s' must match %s",
          key,
          name,
          NAME.pattern());
    }

    @Override
    public ProbeKind kind() {
      return ProbeKind.KUBERNETES;
    }

    @Override
    public String describe() {
      String what =
          pod != null
              ? "pod " + pod
              : deployment != null ? "deployment " + deployment : "pods with " + selector;
      return "kubernetes " + what + " in " + namespace;
    }
  }

  private static String address(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static void requireAddress(String host, int port) {
    require(host != null && !host.isBlank(), "host is missing");
    require(port >= 1 && port <= 65535, "port %d must be from 1 to 65535", port);
  }

  private static boolean isHttp(URI url) {
    return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
  }

  private static void require(boolean holds, String what, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(what.formatted(values));
    }
  }
}
