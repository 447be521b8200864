package io.tocsin.collectors.health;

import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the API server of Kubernetes which pods are ready. That it cannot be asked says nothing
 * about the pods, which is UNKNOWN.
 */
final class KubernetesAttempt implements Attempt {

  /** 500 pods that use all of a pod's usual 10 KB, and some room. */
  static final int LONGEST_BODY = 8 * 1024 * 1024;

  private final Target.Kubernetes target;
  private final KubernetesClient clients;
  private final URI question;

  KubernetesAttempt(Target.Kubernetes target, KubernetesClient clients) {
    this.target = target;
    this.clients = clients;
    this.question = question(target);
  }

  /** The parts match patterns that need no quoting, but for the selector. */
  private static URI question(Target.Kubernetes target) {
    String namespace = "namespaces/" + target.namespace();
    String path;
    if (target.deployment() != null) {
      path = "/apis/apps/v1/" + namespace + "/deployments/" + target.deployment();
    } else if (target.pod() != null) {
      path = "/api/v1/" + namespace + "/pods/" + target.pod();
    } else {
      String selector = URLEncoder.encode(target.selector(), StandardCharsets.UTF_8);
      path =
          "/api/v1/%s/pods?limit=%d&labelSelector=%s"
              .formatted(namespace, ReadyPods.MOST_PODS, selector);
    }
    return URI.create(target.api().toString().replaceFirst("/+$", "") + path);
  }

  @Override
  public Verdict make(Duration patience) throws InterruptedException {
    HttpRequest request;
    HttpClient client;
    try {
      request = request(patience);
    } catch (IOException unreadable) {
      return unreadable(token(), unreadable);
    }
    try {
      client = clients.get();
    } catch (IOException unreadable) {
      return unreadable(target.caFile() == null ? ServiceAccount.CA : target.caFile(), unreadable);
    }
    CompletableFuture<HttpResponse<Optional<byte[]>>> exchange =
        client.sendAsync(
            request, head -> new BodyBytes(head.statusCode() == 200 ? LONGEST_BODY : 0));
    try {
      HttpResponse<Optional<byte[]>> response =
          exchange.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return verdict(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      return late(patience);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpTimeoutException) {
        // The client's own clock for the request was first.
        return late(patience);
      }
      if (SharedHttpClient.isBroken(e.getCause())) {
        clients.replace(client);
      }
      return problem(
          Reason.UNREADABLE, "the API server could not be asked: " + Failure.said(e.getCause()));
    } finally {
      // Closes the connection of an exchange that is still going on.
      exchange.cancel(true);
    }
  }

  private Verdict late(Duration patience) {
    return problem(Reason.DEADLINE, "no answer within %d ms".formatted(patience.toMillis()));
  }

  private HttpRequest request(Duration patience) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(question)
            .GET()
            .timeout(patience)
            .header("Accept", "application/json")
            .header("User-Agent", "tocsin-health-check");
    if (target.tokenFile() != null || Files.exists(ServiceAccount.TOKEN)) {
      request.header("Authorization", "Bearer " + ServiceAccount.token(token()));
    }
    return request.build();
  }

  private Path token() {
    return target.tokenFile() == null ? ServiceAccount.TOKEN : target.tokenFile();
  }

  private Verdict verdict(int status, Optional<byte[]> body) {
    switch (status) {
      case 200:
        return body.map(this::judge)
            .orElseGet(
                () ->
                    problem(
                        Reason.OVER_LIMIT,
                        "the answer is longer than %d MiB: narrow the selector"
                            .formatted(LONGEST_BODY / 1024 / 1024)));
      case 401:
        return problem(Reason.REFUSED, "the API server answered 401: the token is not valid");
      case 403:
        return problem(
            Reason.REFUSED, "the API server answered 403: the token may not read what is asked");
      case 404:
        return Verdict.wrong("there is no " + target.describe());
      default:
        return problem(Reason.UNREADABLE, "the API server answered " + status);
    }
  }

  private Verdict judge(byte[] body) {
    try {
      if (target.deployment() != null) {
        return ReadyPods.ofDeployment(body, target.minReadyPercent());
      }
      return target.pod() != null
          ? ReadyPods.ofPod(body)
          : ReadyPods.ofPods(body, target.selector(), target.minReadyPercent());
    } catch (IOException malformed) {
      return problem(Reason.MALFORMED, "the answer does not look as documented");
    }
  }

  private static Verdict unreadable(Path file, IOException cause) {
    return cause instanceof NoSuchFileException
        ? Verdict.unknown(new Problem(Reason.MISSING, file.toString(), "the file is missing"))
        : Verdict.unknown(new Problem(Reason.UNREADABLE, file.toString(), Failure.said(cause)));
  }

  private Verdict problem(Reason reason, String what) {
    return Verdict.unknown(new Problem(reason, target.api().toString(), what));
  }
}
