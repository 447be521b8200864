package io.tocsin.embedded;

import java.nio.file.Path;

/** A process that starts a registry, prints its process id, and waits to be killed. */
final class ParentMain {

  private ParentMain() {}

  public static void main(String[] args) throws Exception {
    DataDirectory data = new DataDirectory(Path.of(args[0]));
    data.create();
    EmbeddedRegistry registry =
        new EmbeddedRegistry(Path.of(args[1]), data, Integer.parseInt(args[2]), f -> {});
    registry.start();
    System.out.println(registry.pid());
    Thread.currentThread().join();
  }
}
