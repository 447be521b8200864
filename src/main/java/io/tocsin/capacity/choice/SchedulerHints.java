package io.tocsin.capacity.choice;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tocsin.capacity.rightsizing.Advice;
import java.util.Locale;
import java.util.Map;

/**
 * What Kubernetes should know of a workload: requests and limits of the size it needs, and that its
 * copies should not share a node. A manifest for people to complete: its image is a placeholder.
 *
 * <p>The request of CPU is what is used at the percentile, the limit what it needs with head-room.
 * Memory has one figure for both: what goes beyond its request is killed when a node runs short.
 */
public final class SchedulerHints {

  private static final String NAME = "app.kubernetes.io/name";
  private static final int LONGEST_NAME = 63;
  private static final double MIB = 1024 * 1024;

  private SchedulerHints() {}

  /** The manifest of one workload as YAML, written by the client library's serializer. */
  public static String manifest(Evidence evidence, Matrix matrix) {
    Workload workload = matrix.workload(evidence.id(), evidence.service());
    String name = name(evidence.id());
    Container container =
        new ContainerBuilder()
            .withName(name)
            .withImage("replace-me")
            .withNewResources()
            .withRequests(
                Map.of("cpu", cpu(evidence.cpu().used()), "memory", memory(evidence.memory())))
            .withLimits(
                Map.of("cpu", cpu(evidence.cpu().needs()), "memory", memory(evidence.memory())))
            .endResources()
            .build();
    Deployment deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels(NAME, name)
            .endMetadata()
            .withNewSpec()
            .withReplicas(workload.isCritical() ? 2 : 1)
            .withNewSelector()
            .addToMatchLabels(NAME, name)
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels(NAME, name)
            .endMetadata()
            .withNewSpec()
            .withContainers(container)
            .withNewAffinity()
            .withNewPodAntiAffinity()
            .addNewPreferredDuringSchedulingIgnoredDuringExecution()
            .withWeight(100)
            .withNewPodAffinityTerm()
            .withTopologyKey("kubernetes.io/hostname")
            .withNewLabelSelector()
            .addToMatchLabels(NAME, name)
            .endLabelSelector()
            .endPodAffinityTerm()
            .endPreferredDuringSchedulingIgnoredDuringExecution()
            .endPodAntiAffinity()
            .endAffinity()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    return Serialization.asYaml(deployment);
  }

  /** A name that Kubernetes takes (RFC 1123 label), whatever the id is. */
  static String name(String id) {
    String plain =
        id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String cut = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    return cut.isEmpty() ? "workload" : cut.replaceAll("-+$", "");
  }

  private static Quantity cpu(double cores) {
    return new Quantity(Long.toString(Math.max(1, (long) Math.ceil(cores * 1000))), "m");
  }

  private static Quantity memory(Advice advice) {
    return new Quantity(Long.toString((long) Math.ceil(advice.needs() / MIB)), "Mi");
  }
}
