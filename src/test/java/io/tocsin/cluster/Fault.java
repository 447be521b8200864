package io.tocsin.cluster;

import java.io.IOException;
import java.time.Duration;

/** What is done to one part, and how it ends. */
enum Fault {

  /** SIGKILL. One of several stays away as its machine does; a single one is started again. */
  KILL(Duration.ofSeconds(20)) {
    @Override
    void begin(Part part, boolean stays) throws InterruptedException {
      part.hold(stays);
      part.kill();
    }

    @Override
    void end(Part part) {
      part.hold(false);
    }
  },

  /** SIGSTOP: longer than any session, and then it goes on as if nothing had been. */
  PAUSE(Duration.ofSeconds(90)) {
    @Override
    void begin(Part part, boolean stays) throws IOException, InterruptedException {
      part.pause();
    }

    @Override
    void end(Part part) throws IOException, InterruptedException {
      if (part.isAlive()) {
        part.resume();
      }
    }
  },

  /** Its host's cable is pulled. */
  CUT(Duration.ofSeconds(30)) {
    @Override
    void begin(Part part, boolean stays) throws IOException, InterruptedException {
      part.host().cut();
    }

    @Override
    void end(Part part) throws IOException, InterruptedException {
      part.host().mend();
    }
  };

  private final Duration lasts;

  Fault(Duration lasts) {
    this.lasts = lasts;
  }

  /** For how long, in a long trial. */
  Duration lasts() {
    return lasts;
  }

  abstract void begin(Part part, boolean stays) throws IOException, InterruptedException;

  abstract void end(Part part) throws IOException, InterruptedException;
}
