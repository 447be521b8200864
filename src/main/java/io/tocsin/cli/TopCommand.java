package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.cli.top.Board;
import io.tocsin.cli.top.BoardPainter;
import io.tocsin.cli.top.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The board on a terminal: fleet and incidents, live. */
@Command(
    name = "top",
    description = "Fleet and open incidents on the terminal, live.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:shown", "4:not running"},
    footer = {"", "Examples:", "  tocsin top", "  tocsin top --once | head"})
final class TopCommand implements Callable<Integer> {

  private static final int ONCE_COLUMNS = 120;
  private static final int ONCE_LINES = 50;
  private static final long ASK_EVERY_MS = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private ApiOption api;

  @Option(names = "--once", description = "Print it once; so it is where there is no terminal.")
  private boolean once;

  private final Clock clock = Clock.systemUTC();
  private final AtomicReference<Board> board = new AtomicReference<>(Board.EMPTY);

  @Override
  public Integer call() throws CommandFailure, InterruptedException, IOException {
    board.set(ask()); // fails at once where nothing runs
    if (once || System.console() == null) {
      PrintWriter out = spec.commandLine().getOut();
      BoardPainter.paint(board.get(), -1, ONCE_COLUMNS, ONCE_LINES, clock.instant(), "").stream()
          .map(line -> line.toString().stripTrailing())
          .limit(ONCE_LINES - 1L) // the last line is about keys
          .filter(line -> !line.isEmpty())
          .forEach(out::println);
      return 0;
    }
    ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      asking.scheduleWithFixedDelay(
          this::refresh, ASK_EVERY_MS, ASK_EVERY_MS, TimeUnit.MILLISECONDS);
      new Screen(terminal, board, row -> asking.execute(() -> take(row)), this::page, clock).show();
    } finally {
      asking.shutdownNow();
    }
    return 0;
  }

  private Board ask() throws CommandFailure, InterruptedException {
    JsonNode incidents = api.getAll("/api/v1/incidents?state=open");
    return Board.of(incidents, api.get("/api/v1/fleet"), api.get("/health/ready"), clock.instant());
  }

  private void refresh() {
    try {
      board.set(ask());
    } catch (CommandFailure away) {
      board.updateAndGet(old -> old.withTrouble(away.getMessage()));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Board.Row row) {
    try {
      Map<String, Object> wish = new LinkedHashMap<>();
      wish.put("by", api.by(System.getProperty("user.name"))); // a token says it better
      wish.put("forSeconds", 3_600);
      api.send("POST", "/api/v1/incidents/" + row.id() + "/acknowledge", wish);
      refresh();
    } catch (CommandFailure refused) {
      board.updateAndGet(old -> old.withTrouble(refused.getMessage()));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** A terminal cannot open a page everywhere; its address can be clicked or copied. */
  private String page(Board.Row row) {
    return api.address().resolve("/#/incidents/" + row.id()).toString();
  }
}
