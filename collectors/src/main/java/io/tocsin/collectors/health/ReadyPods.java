package io.tocsin.collectors.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tocsin.collectors.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Judges answers of the Kubernetes API: {@code v1/Pod}, {@code v1/PodList} and {@code
 * apps/v1/Deployment}. Of those only what is named here is kept, however much they hold.
 */
final class ReadyPods {

  /** How many pods an answer is asked to hold. */
  static final int MOST_PODS = 500;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final ObjectReader POD = JSON.readerFor(Pod.class);
  private static final ObjectReader PODS = JSON.readerFor(PodList.class);
  private static final ObjectReader DEPLOYMENT = JSON.readerFor(Deployment.class);

  record Metadata(String name, String deletionTimestamp) {}

  record ListMetadata(@JsonProperty("continue") String more) {}

  record Condition(String type, String status, String reason, String message) {}

  record PodStatus(String phase, List<Condition> conditions) {}

  record Pod(String kind, Metadata metadata, PodStatus status) {

    /** The Ready condition; null where there is none yet. */
    Condition ready() {
      if (status == null || status.conditions == null) {
        return null;
      }
      return status.conditions.stream()
          .filter(condition -> condition != null && "Ready".equals(condition.type))
          .findFirst()
          .orElse(null);
    }

    boolean isReady() {
      return ready() != null && "True".equals(ready().status);
    }

    boolean isGoing() {
      return metadata != null && metadata.deletionTimestamp != null;
    }

    /** Jobs that have done their work are pods, too. */
    boolean isDone() {
      return status != null && "Succeeded".equals(status.phase);
    }

    String name() {
      return metadata == null ? "?" : String.valueOf(metadata.name);
    }

    /** Why it is not ready. */
    String why() {
      Condition ready = ready();
      if (isGoing()) {
        return "is being removed";
      }
      if (ready == null) {
        return "is " + (status == null ? "not scheduled" : status.phase);
      }
      if ("Unknown".equals(ready.status)) {
        return "is out of reach: " + ready.reason;
      }
      return "is not ready"
          + (ready.reason == null ? "" : ": " + ready.reason)
          + (ready.message == null ? "" : ", " + ready.message);
    }
  }

  record PodList(String kind, ListMetadata metadata, List<Pod> items) {}

  record Replicas(Integer replicas) {}

  record ReplicaStatus(Integer readyReplicas) {}

  record Deployment(String kind, Replicas spec, ReplicaStatus status) {}

  private ReadyPods() {}

  /**
   * UP if the pod is ready.
   *
   * @throws IOException if it is no pod
   */
  static Verdict ofPod(byte[] body) throws IOException {
    Pod pod = POD.readValue(body);
    requireKind("Pod", pod == null ? null : pod.kind);
    return pod.isReady() && !pod.isGoing()
        ? Verdict.up("pod " + pod.name() + " is ready")
        : Verdict.wrong("pod " + pod.name() + " " + pod.why());
  }

  /**
   * UP if enough of the pods are ready, those left out that have done their work or are being
   * removed.
   *
   * @throws IOException if it is no list of pods
   */
  static Verdict ofPods(byte[] body, String selector, int percent) throws IOException {
    PodList list = PODS.readValue(body);
    requireKind("PodList", list == null ? null : list.kind);
    List<Pod> pods =
        Objects.requireNonNullElse(list.items, List.<Pod>of()).stream()
            .filter(pod -> pod != null && !pod.isDone() && !pod.isGoing())
            .toList();
    if (pods.isEmpty()) {
      return Verdict.wrong("there are no pods with " + selector);
    }
    int ready = (int) pods.stream().filter(Pod::isReady).count();
    boolean cut =
        list.metadata != null && list.metadata.more != null && !list.metadata.more.isEmpty();
    String evidence =
        "%d of %s%d pods ready".formatted(ready, cut ? "the first " : "", pods.size());
    String worst =
        pods.stream()
            .filter(pod -> !pod.isReady())
            .findFirst()
            .map(pod -> "; " + pod.name() + " " + pod.why())
            .orElse("");
    Verdict verdict = judge(ready, pods.size(), percent, evidence + worst);
    return cut
        ? verdict.but(
            new Problem(
                Problem.Reason.OVER_LIMIT,
                "pods with " + selector,
                "there are more than " + MOST_PODS + ": those were judged, narrow the selector"))
        : verdict;
  }

  /**
   * UP if enough of the wanted replicas are ready; one that is scaled to none is DOWN.
   *
   * @throws IOException if it is no deployment
   */
  static Verdict ofDeployment(byte[] body, int percent) throws IOException {
    Deployment deployment = DEPLOYMENT.readValue(body);
    requireKind("Deployment", deployment == null ? null : deployment.kind);
    int wanted =
        deployment.spec == null || deployment.spec.replicas == null ? 1 : deployment.spec.replicas;
    int ready =
        deployment.status == null || deployment.status.readyReplicas == null
            ? 0
            : deployment.status.readyReplicas;
    return wanted == 0
        ? Verdict.wrong("the deployment is scaled to 0 replicas")
        : judge(ready, wanted, percent, "%d of %d replicas ready".formatted(ready, wanted));
  }

  private static Verdict judge(int ready, int all, int percent, String evidence) {
    if (ready >= 1 && 100L * ready >= (long) percent * all) {
      return Verdict.up(evidence);
    }
    return Verdict.wrong(percent == 1 ? evidence : evidence + ", " + percent + " % wanted");
  }

  private static void requireKind(String wanted, String kind) throws IOException {
    if (!wanted.equals(kind)) {
      throw new IOException("it is no " + wanted);
    }
  }
}
