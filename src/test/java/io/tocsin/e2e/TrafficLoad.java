package io.tocsin.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Requests without a pause, each tried once, and how many of them failed. */
final class TrafficLoad implements AutoCloseable {

  private static final int PER_SECOND_AND_THREAD = 50;

  private final AtomicLong good = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  TrafficLoad(URI uri, int threadCount) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).GET().build();
    for (int i = 0; i < threadCount; i++) {
      Thread thread = new Thread(() -> run(request), "load-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void run(HttpRequest request) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    while (!stopping) {
      try {
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        (status == 200 ? good : failed).incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(1_000 / PER_SECOND_AND_THREAD);
      } catch (java.io.IOException refused) {
        failed.incrementAndGet();
      } catch (InterruptedException ended) {
        return;
      }
    }
  }

  long good() {
    return good.get();
  }

  long failed() {
    return failed.get();
  }

  @Override
  public void close() {
    stopping = true;
    threads.forEach(Thread::interrupt);
  }
}
