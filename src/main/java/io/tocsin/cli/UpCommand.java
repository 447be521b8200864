package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.embedded.EmbeddedQuestDb;
import io.tocsin.embedded.PartFailure;
import io.tocsin.embedded.PreflightFailure;
import io.tocsin.schemas.tls.ServerTls;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline on this machine until it is stopped. */
@Command(
    name = "up",
    description = "Runs the whole pipeline on this machine until Ctrl-C.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by the user",
      "3:the configuration cannot be used",
      "10:Java is too old",
      "11:the data directory cannot be used",
      "12:the data directory is in use by another process",
      "13:too little free disk",
      "14:a port is taken",
      "15:a part did not start, or died"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin up",
      "  tocsin up --config my.yaml --data-dir /var/lib/tocsin"
    })
final class UpCommand implements Callable<Integer> {

  private static final long STOP_IS_KNOWN_WITHIN_MS = 300;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;

  @Override
  public Integer call() throws CommandFailure, PreflightFailure, PartFailure, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Config config = options.load();
    try (Run run = Run.start(config, out)) {
      run.exitCodeWhenStopped(0);
      run.printReady();
      String scheme = ServerTls.scheme(config.server().tls());
      HealthFile.tell(scheme, config.server().host(), config.ports().api());
      out.printf(
          "  page and API %s://%s:%d/%n", scheme, config.server().host(), config.ports().api());
      out.printf(
          "  history, SQL psql -h 127.0.0.1 -p %d -U %s qdb%n",
          config.ports().questdbPg(), EmbeddedQuestDb.READER);
      out.printf(
          "               password in %s%n",
          run.pipeline().data().secrets().resolve(EmbeddedQuestDb.READER_SECRET));
      out.printf("  logs         %s%n", run.pipeline().data().logs());
      out.println("Ctrl-C stops everything.");
      out.flush();
      throw awaitDeath(run, out);
    }
  }

  /**
   * Ctrl-C ends the process while this waits; coming back from it means that a part died. Ctrl-C
   * also reaches the registry, which has a process of its own: that one ending then is no death,
   * and the first word of it may be heard before the stop begins.
   */
  private PartFailure awaitDeath(Run run, PrintWriter out) throws InterruptedException {
    StatusLine line = new StatusLine(run, out);
    while (true) {
      try {
        PartFailure death = run.progress().died().get(1, TimeUnit.SECONDS);
        TimeUnit.MILLISECONDS.sleep(STOP_IS_KNOWN_WITHIN_MS);
        if (!run.stopping()) {
          run.diskTrouble().ifPresent(spec.commandLine().getErr()::println);
          return death;
        }
        new CountDownLatch(1).await();
      } catch (TimeoutException alive) {
        line.print();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
