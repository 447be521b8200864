package io.tocsin.config;

import io.tocsin.schemas.AccessRole;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** What a JSON schema cannot say of the block {@code server}. */
final class ServerRules {

  /** Where the API takes people back from a provider. */
  static final String CALLBACK = "/api/v1/login/oidc/callback";

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  ServerRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void check(ServerSection server) {
    if (!server.isOfThisMachineAlone()
        && server.anonymous() != null
        && server.anonymous() != AccessRole.NOBODY) {
      add(
          "/server/anonymous",
          "must be nobody where other machines can come, directly (listen, names) or through a"
              + " proxy; make tokens with tocsin token create");
    }
    if (server.listen().equals("0.0.0.0") && server.names().isEmpty()) {
      add(
          "/server/listen",
          "listens on all addresses, but answers to the names of loopback only; write in names"
              + " how others call this machine");
    }
    if (server.rateLimit().burst() < server.rateLimit().perSecond()) {
      add(
          "/server/rate-limit/burst",
          "is less than per-second, "
              + server.rateLimit().perSecond()
              + ", so that as many would never be reached");
    }
    if (server.oidc() != null) {
      oidc(server, server.oidc());
    }
  }

  private void oidc(ServerSection server, ServerSection.Oidc oidc) {
    URI issuer = oidc.issuer();
    if (!isWeb(issuer) || issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      add(
          "/server/oidc/issuer",
          "must be the https address that the provider calls its issuer, without ? and #; http is"
              + " taken on loopback only");
    }
    URI redirect = oidc.redirect();
    if (!isWeb(redirect) || !CALLBACK.equals(redirect.getRawPath())) {
      add(
          "/server/oidc/redirect",
          "must be the address of this server as browsers know it, with "
              + CALLBACK
              + " at its end; https, but on loopback");
    } else if (!LOOPBACK.contains(redirect.getHost())
        && !server.names().contains(redirect.getHost())
        && !server.listen().equals(redirect.getHost())) {
      add(
          "/server/oidc/redirect",
          "leads to "
              + redirect.getHost()
              + ", to which this server does not answer; add it to"
              + " names");
    }
    if (!oidc.scopes().contains("openid")) {
      add("/server/oidc/scopes", "must have openid among them");
    }
  }

  private static boolean isWeb(URI address) {
    return address.getHost() != null
        && address.getUserInfo() == null
        && ("https".equalsIgnoreCase(address.getScheme())
            || "http".equalsIgnoreCase(address.getScheme())
                && LOOPBACK.contains(address.getHost()));
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
