package io.tocsin.config;

import io.tocsin.schemas.topic.ClusterSecurity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a JSON schema cannot say of the block {@code cluster}. */
final class ClusterRules {

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  ClusterRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  void check(Config.Cluster cluster) {
    if (cluster == null || cluster.security() == null) {
      return;
    }
    ClusterSecurity security = cluster.security();
    if (!"https".equalsIgnoreCase(URI.create(cluster.registry()).getScheme())) {
      add(
          "/cluster/registry",
          "must be https where there is security, as whoever is between could"
              + " read the account and change schemas");
    }
    readable("/cluster/security/ca", security.ca());
    readable("/cluster/security/certificate", security.certificate());
    if (security.key() != null) {
      readable("/cluster/security/key/file", security.key().file());
    }
    if (security.password() != null) {
      readable("/cluster/security/password/file", security.password().file());
    }
    if (security.certificate() == null && security.user() == null) {
      add(
          "/cluster/security",
          "says nothing of who this stage is: write certificate and key, or user and password");
    }
  }

  private void readable(String pointer, String file) {
    if (file != null && !Files.isReadable(Path.of(file))) {
      add(pointer, "there is no file " + file + " that can be read here");
    }
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
