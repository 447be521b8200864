package io.tocsin.collectors.container;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The kubelet of this machine, which knows the names of pods and their containers.
 *
 * @param url where it listens, such as {@code https://127.0.0.1:10250}, or {@code
 *     http://127.0.0.1:10255} for its read-only port; no default
 * @param tokenFile file with the bearer token to show, read anew each time because tokens are
 *     rotated; default: none is shown
 * @param caFile file with the certificates, in PEM, that vouch for the kubelet's own; default:
 *     those that Java trusts
 * @param interval time between two questions, at least 1 s; default: 10 s
 */
public record KubeletConfig(URI url, Path tokenFile, Path caFile, Duration interval) {

  /**
   * Fills defaults in.
   *
   * @throws IllegalArgumentException if a value is outside what is documented
   */
  public KubeletConfig {
    interval = interval == null ? Duration.ofSeconds(10) : interval;
    if (url == null || url.getHost() == null || !isWeb(url.getScheme())) {
      throw new IllegalArgumentException(
          "kubelet url '%s' must be an http or https address such as https://127.0.0.1:10250"
              .formatted(url));
    }
    if (tokenFile != null && "http".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException(
          "the kubelet's token-file needs an https url: a token is not sent in clear text");
    }
    ContainerConfig.atLeast("kubelet interval", interval, Duration.ofSeconds(1));
  }

  private static boolean isWeb(String scheme) {
    return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
  }
}
