package io.tocsin.alerting.healing.execute.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The way to a cluster. What is not there is an error: the client's own ways to guess (another
 * file, another context, a cluster at a default address) could lead to the wrong cluster.
 */
final class ClusterAccess {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final int CONNECT_MS = 1_500;
  private static final int REQUEST_MS = 10_000;

  private ClusterAccess() {}

  /**
   * A client.
   *
   * @throws IOException saying what is missing
   */
  static KubernetesClient open(KubernetesSpec spec) throws IOException {
    Config config =
        spec.kubeconfig().equals(KubernetesSpec.IN_CLUSTER)
            ? inCluster(System.getenv(), ACCOUNT)
            : ofFile(new File(spec.kubeconfig()), spec.context());
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(config)
                .withConnectionTimeout(CONNECT_MS)
                .withRequestTimeout(REQUEST_MS)
                .withRequestRetryBackoffLimit(
                    0) // an action is tried again by its ladder, if at all
                .build())
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }

  /** The service account of the pod ("Accessing the Kubernetes API from a Pod"). */
  static Config inCluster(Map<String, String> environment, Path account) throws IOException {
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    Path token = account.resolve("token");
    if (host == null || !Files.isReadable(token)) {
      throw new IOException(
          "this is no pod with a service account; write kubernetes.kubeconfig, or run it in one");
    }
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port)
        .withCaCertFile(account.resolve("ca.crt").toString())
        // Tokens are replaced about once an hour, so it is read anew for each request.
        .withOauthTokenProvider(() -> read(token))
        .build();
  }

  private static String read(Path token) {
    try {
      return Files.readString(token).strip();
    } catch (IOException gone) {
      throw new UncheckedIOException("the service account's token cannot be read", gone);
    }
  }

  private static Config ofFile(File file, String context) throws IOException {
    try {
      io.fabric8.kubernetes.api.model.Config written =
          Serialization.unmarshal(
              Files.readString(file.toPath()), io.fabric8.kubernetes.api.model.Config.class);
      String wanted = context == null ? written.getCurrentContext() : context;
      NamedContext found =
          written.getContexts().stream()
              .filter(each -> each.getName().equals(wanted))
              .findFirst()
              .orElseThrow(
                  () -> new IOException("kubeconfig " + file + " has no context " + wanted));
      String cluster = found.getContext().getCluster();
      if (written.getClusters().stream()
          .noneMatch(each -> each.getName().equals(cluster) && each.getCluster() != null)) {
        throw new IOException("kubeconfig " + file + " has no cluster " + cluster);
      }
      return Config.fromKubeconfig(wanted, file);
    } catch (RuntimeException notOne) {
      throw new IOException(
          "kubeconfig " + file + " cannot be used: " + notOne.getMessage(), notOne);
    }
  }
}
