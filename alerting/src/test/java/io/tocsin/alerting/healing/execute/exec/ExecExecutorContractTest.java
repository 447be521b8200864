package io.tocsin.alerting.healing.execute.exec;

import io.tocsin.alerting.healing.execute.ExecutorContract;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.ExecutorWorld;
import io.tocsin.alerting.healing.execute.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A program of the operator's own: a shell script that keeps a file per service. */
class ExecExecutorContractTest extends ExecutorContract {

  private static final String SCRIPT =
      "[ -f \"services/$TOCSIN_OBJECT\" ] || { echo \"no service $TOCSIN_OBJECT\"; exit 5; }; "
          + "echo again >> \"services/$TOCSIN_OBJECT\"";

  @Override
  protected ExecutorWorld world() throws IOException {
    return new World("/bin/sh", "-c", SCRIPT);
  }

  @Override
  protected Optional<ExecutorWorld> world(Trouble trouble) throws IOException {
    return Optional.of(
        switch (trouble) {
          case AWAY -> new World("/no/such/program");
          case HANGING -> new World("/bin/sleep", "600");
          case NONSENSE -> new World("/bin/sh", "-c", "head -c 5000 /dev/urandom; exit 3");
        });
  }

  private final class World implements ExecutorWorld {

    private final Path service;
    private final ExecSpec spec;

    World(String... argv) throws IOException {
      service = Files.createDirectories(temporary.resolve("services")).resolve("shop");
      Files.writeString(service, "");
      spec = new ExecSpec(List.of(argv), temporary);
    }

    @Override
    public ExecutorSpec spec() {
      return spec;
    }

    @Override
    public String object() {
      return "shop";
    }

    @Override
    public Optional<String> missing() {
      return Optional.of("till");
    }

    @Override
    public Object state() throws IOException {
      return Files.readString(service);
    }

    @Override
    public boolean compensates() {
      return false;
    }

    @Override
    public boolean adds() {
      return false;
    }

    @Override
    public void close() {}
  }
}
