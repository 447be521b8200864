package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.vm.Hypervisor.Connection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes one call at a time, on a thread and a connection of its own. A native call cannot be
 * interrupted: whoever waits for it gives up, and the lane is busy until it ends. The connection is
 * made when it is needed, and made again after a call that failed. Used by one thread.
 *
 * <p>Lanes share no connection and run no event loop for keep-alive messages, though libvirt allows
 * both: with them the client of libvirt 9.0 was seen to crash the process (a call's event source
 * outlives its stack frame, CVE-2024-4418).
 */
final class Lane {

  /** How a call went. */
  sealed interface Outcome<T> {

    /** It ended well. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It ended with a problem. */
    record Failed<T>(Problem problem) implements Outcome<T> {}

    /** It has not ended yet. */
    record Late<T>() implements Outcome<T> {}
  }

  /** What is asked on a connection. */
  @FunctionalInterface
  interface Call<T> {

    /**
     * Asks.
     *
     * @throws CollectorException if the connection is of no more use
     */
    T on(Connection connection) throws CollectorException;
  }

  private final Hypervisor hypervisor;
  private final ThreadPoolExecutor executor;
  private Future<?> last;

  /** Only touched on the lane's own thread. */
  private Connection connection;

  Lane(String name, Hypervisor hypervisor) {
    this.hypervisor = hypervisor;
    executor =
        new ThreadPoolExecutor(
            1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), call -> thread(name, call));
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(String name, Runnable call) {
    Thread thread = new Thread(call, "tocsin-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Whether a call has not ended yet. */
  boolean busy() {
    return last != null && !last.isDone();
  }

  /** Begins a call. Only when not {@link #busy}. */
  <T> Future<T> start(Call<T> call) {
    if (busy()) {
      throw new IllegalStateException("a call has not ended yet");
    }
    Future<T> future = executor.submit(() -> run(call));
    last = future;
    return future;
  }

  private <T> T run(Call<T> call) throws CollectorException {
    if (connection == null) {
      connection = hypervisor.connect();
    }
    try {
      return call.on(connection);
    } catch (CollectorException | RuntimeException | Error failed) {
      disconnect();
      throw failed;
    }
  }

  private void disconnect() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      old.close();
    }
  }

  /** Waits for a call to end. */
  static <T> Outcome<T> await(Future<T> call, long nanos) throws InterruptedException {
    try {
      return new Outcome.Done<>(call.get(Math.max(0, nanos), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return new Outcome.Late<>();
    } catch (ExecutionException failed) {
      return new Outcome.Failed<>(
          failed.getCause() instanceof CollectorException named
              ? named.problem()
              : new Problem(Reason.INTERNAL, "vm", String.valueOf(failed.getCause())));
    }
  }

  /** Takes no more calls. Does not wait; the connection is closed when the last call has ended. */
  void close() {
    if (!executor.isShutdown()) {
      executor.execute(this::disconnect);
      executor.shutdown();
    }
  }
}
