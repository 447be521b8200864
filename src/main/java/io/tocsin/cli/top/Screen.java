package io.tocsin.cli.top;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * A terminal that shows the board until somebody types {@code q}: only what changed is drawn again,
 * and the terminal is left as it was found.
 */
public final class Screen {

  private static final long DRAW_EVERY_MS = 200;
  private static final int ESCAPE = 27;

  private final Terminal terminal;
  private final AtomicReference<Board> board;
  private final Consumer<Board.Row> acknowledge;
  private final Function<Board.Row, String> open;
  private final Clock clock;
  private int chosen;
  private String said = BoardPainter.KEYS;

  /**
   * A screen on a terminal.
   *
   * @param board filled by somebody else
   * @param acknowledge called with the incident that somebody takes
   * @param open says where the page of an incident is
   */
  public Screen(
      Terminal terminal,
      AtomicReference<Board> board,
      Consumer<Board.Row> acknowledge,
      Function<Board.Row, String> open,
      Clock clock) {
    this.terminal = terminal;
    this.board = board;
    this.acknowledge = acknowledge;
    this.open = open;
    this.clock = clock;
  }

  /** Shows it until {@code q}, Ctrl-C, or the end of the input. */
  public void show() throws IOException {
    Attributes before = terminal.enterRawMode();
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    Display display = new Display(terminal, true);
    Size known = new Size();
    try {
      NonBlockingReader keys = terminal.reader();
      while (true) {
        Size size = terminal.getSize();
        if (!size.equals(known)) {
          known = size;
          display.resize(size.getRows(), size.getColumns());
          display.clear();
        }
        Board now = board.get();
        chosen = Math.max(0, Math.min(chosen, now.incidents().size() - 1));
        display.update(
            BoardPainter.paint(
                now, chosen, size.getColumns(), size.getRows(), clock.instant(), said),
            0);
        int key = keys.read(DRAW_EVERY_MS);
        if (key == 'q' || key == 3 || key == NonBlockingReader.EOF) {
          return;
        }
        handle(key, keys, now);
      }
    } finally {
      terminal.puts(Capability.exit_ca_mode);
      terminal.puts(Capability.cursor_normal);
      terminal.setAttributes(before);
      terminal.flush();
    }
  }

  private void handle(int key, NonBlockingReader keys, Board now) throws IOException {
    if (key >= 0) {
      said = BoardPainter.KEYS;
    }
    if (key == ESCAPE && arrow(keys.read(20))) {
      int which = keys.read(20);
      chosen += which == 'A' ? -1 : which == 'B' ? 1 : 0;
    } else if (key == 'k' || key == 'j') {
      chosen += key == 'k' ? -1 : 1;
    } else if (!now.incidents().isEmpty() && key == 'a') {
      acknowledge.accept(now.incidents().get(chosen));
    } else if (!now.incidents().isEmpty() && (key == '\r' || key == '\n')) {
      said = open.apply(now.incidents().get(chosen));
    }
  }

  private static boolean arrow(int second) {
    return second == '[' || second == 'O';
  }
}
