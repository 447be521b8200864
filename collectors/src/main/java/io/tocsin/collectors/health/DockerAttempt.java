package io.tocsin.collectors.health;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.HealthStateLog;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.docker.DockerSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Asks Docker about a container, with a client that is kept for as long as it works. */
final class DockerAttempt implements Attempt {

  private final Target.Docker target;
  private final Duration timeout;
  private final BoundedCall bounded;
  private volatile DockerClient kept;

  DockerAttempt(Target.Docker target, Duration timeout) {
    this.target = target;
    this.timeout = timeout;
    this.bounded = new BoundedCall("tocsin-docker-" + target.container());
  }

  @Override
  public Verdict make(Duration patience) throws InterruptedException {
    DockerSocket socket = new DockerSocket(target.socket());
    if (!socket.isThere()) {
      return problem(Problem.Reason.MISSING, "there is no Docker here");
    }
    if (!Files.isReadable(target.socket()) || !Files.isWritable(target.socket())) {
      return problem(Problem.Reason.REFUSED, "the agent's user may not use Docker");
    }
    boolean answered = false;
    try {
      Verdict verdict = bounded.call(() -> ask(socket), patience);
      answered = true;
      return verdict;
    } catch (TimeoutException e) {
      return late();
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } finally {
      if (!answered) {
        letGo();
      }
    }
  }

  private Verdict ask(DockerSocket socket) {
    DockerClient client = kept;
    if (client == null) {
      client = socket.client(timeout);
      kept = client;
    }
    String name = target.container();
    ContainerState state;
    try {
      state = client.inspectContainerCmd(name).exec().getState();
    } catch (NotFoundException e) {
      return Verdict.wrong("there is no container " + name);
    }
    if (state == null || state.getStatus() == null) {
      return problem(Problem.Reason.MALFORMED, "the answer does not look as documented");
    }
    HealthState health = state.getHealth();
    return new ContainerHealth(
            name,
            state.getStatus(),
            state.getExitCodeLong() == null ? 0 : state.getExitCodeLong(),
            Boolean.TRUE.equals(state.getOOMKilled()),
            health == null ? null : health.getStatus(),
            health == null ? null : last(health.getLog()))
        .verdict();
  }

  private static String last(List<HealthStateLog> log) {
    return log == null || log.isEmpty() ? null : log.get(log.size() - 1).getOutput();
  }

  private Verdict failed(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SocketTimeoutException) {
        return late();
      }
    }
    String what =
        cause instanceof DockerException refusal
            ? "Docker answered " + refusal.getHttpStatus()
            : "Docker could not be asked: " + Failure.said(cause);
    return problem(Problem.Reason.UNREADABLE, what);
  }

  private Verdict late() {
    return problem(
        Problem.Reason.DEADLINE,
        "no answer from Docker within %d ms".formatted(timeout.toMillis()));
  }

  private Verdict problem(Problem.Reason reason, String what) {
    return Verdict.unknown(new Problem(reason, target.socket().toString(), what));
  }

  private void letGo() {
    DockerClient client = kept;
    kept = null;
    if (client != null) {
      try {
        client.close();
      } catch (IOException gone) {
        // It is closed either way.
      }
    }
  }

  @Override
  public void close() {
    bounded.close();
    letGo();
  }
}
