package io.tocsin.pipeline;

import io.tocsin.embedded.Part;
import io.tocsin.embedded.PartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stage of the pipeline as a part that starts, says where it is, and stops. */
final class Stage implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

  /** Brings a stage up; what it returns stops the stage when it is closed. */
  interface Start {
    AutoCloseable start() throws Exception;
  }

  private final String name;
  private final String address;
  private final Start start;
  private AutoCloseable running;

  Stage(String name, String address, Start start) {
    this.name = name;
    this.address = address;
    this.start = start;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public synchronized void start() throws PartFailure, InterruptedException {
    try {
      running = start.start();
    } catch (PartFailure | InterruptedException told) {
      throw told;
    } catch (Exception failed) {
      throw new PartFailure(
          name, "did not start: " + failed.getMessage() + "; see logs/tocsin.log", failed);
    }
  }

  @Override
  public synchronized void close() {
    if (running == null) {
      return;
    }
    try {
      running.close();
    } catch (Exception failed) {
      LOG.warn("{} did not stop cleanly", name, failed);
    }
    running = null;
  }
}
