package io.tocsin.alerting.healing.execute.haproxy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask one after the other, each request on a connection of its own. */
final class Load implements AutoCloseable {

  private static final int CLIENTS = 4;
  private static final long PAUSE_MS = 3;

  private final AtomicLong succeeded = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong[] begun = new AtomicLong[CLIENTS];
  private volatile boolean over;
  private volatile long mark;

  Load(int port) throws Exception {
    URL url = URI.create("http://127.0.0.1:" + port + "/").toURL();
    for (int i = 0; i < CLIENTS; i++) {
      AtomicLong mine = new AtomicLong();
      begun[i] = mine;
      Thread client = new Thread(() -> ask(url, mine), "load-" + i);
      client.setDaemon(true);
      client.start();
    }
  }

  private void ask(URL url, AtomicLong mine) {
    while (!over) {
      mine.incrementAndGet();
      try {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(5_000);
        (connection.getResponseCode() == 204 ? succeeded : failed).incrementAndGet();
        connection.disconnect();
        Thread.sleep(PAUSE_MS);
      } catch (IOException broken) {
        failed.incrementAndGet();
      } catch (InterruptedException closing) {
        return;
      }
    }
  }

  long succeeded() {
    return succeeded.get();
  }

  long failed() {
    return failed.get();
  }

  private long[] settling;

  /** Whether every client has begun two requests since this was asked first. */
  boolean settled() {
    if (settling == null) {
      settling = new long[CLIENTS];
      for (int i = 0; i < CLIENTS; i++) {
        settling[i] = begun[i].get();
      }
    }
    for (int i = 0; i < CLIENTS; i++) {
      if (begun[i].get() < settling[i] + 2) {
        return false;
      }
    }
    return true;
  }

  void mark() {
    mark = succeeded.get();
  }

  /** Requests that have succeeded since the mark. */
  long sinceMark() {
    return succeeded.get() - mark;
  }

  @Override
  public void close() {
    over = true; // each client ends after the request that it is at
  }
}
