package io.tocsin.cli;

import io.tocsin.pipeline.ResidentMemory;
import io.tocsin.server.Readiness;
import io.tocsin.server.incident.IncidentView;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** One line that says how things stand, written over itself; on a terminal only. */
final class StatusLine {

  private static final String OVERWRITE = "\r\033[K";
  private static final int WIDEST = 100;

  private final Run run;
  private final PrintWriter out;
  private final boolean terminal = System.console() != null;

  StatusLine(Run run, PrintWriter out) {
    this.run = run;
    this.out = out;
  }

  void print() {
    if (terminal) {
      out.print(OVERWRITE + text());
      out.flush();
    }
  }

  private String text() {
    List<IncidentView> open = run.pipeline().views().incidents().open();
    Readiness readiness = run.pipeline().readiness();
    String text =
        String.join(
            " · ",
            "up " + Terminal.span(run.age()),
            readiness.ready() ? "ready" : "NOT READY: " + troubled(readiness),
            Terminal.megabytes(ResidentMemory.bytes()),
            run.pipeline().views().fleet().size() + " resources",
            open.isEmpty() ? "nothing open" : open.size() + " open, worst " + worst(open.get(0)));
    return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
  }

  private static String worst(IncidentView incident) {
    return incident.priority() + " " + Terminal.plain(incident.summary());
  }

  private static String troubled(Readiness readiness) {
    return readiness.parts().entrySet().stream()
        .filter(part -> !Readiness.isWell(part.getValue()))
        .map(part -> part.getKey())
        .collect(Collectors.joining(", "));
  }
}
