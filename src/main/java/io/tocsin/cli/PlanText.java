package io.tocsin.cli;

import io.tocsin.sizing.Demand;
import io.tocsin.sizing.Figures;
import io.tocsin.sizing.Limit;
import io.tocsin.sizing.Measured;
import io.tocsin.sizing.Plan;
import io.tocsin.sizing.StageNeed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** A plan as text for people. */
final class PlanText {

  private static final String LINE = "%-10s %9s %8s %10s %10s %11s %11s  %s%n";

  private PlanText() {}

  static String of(Plan plan, boolean withFigures) {
    StringBuilder text = new StringBuilder();
    Demand demand = plan.demand();
    text.append(
        line(
            "%,d resources on %,d hosts, a sample each %s: %,.0f samples/s, %,.0f points/s%n",
            demand.resources(),
            demand.hosts(),
            Terminal.span(demand.interval()),
            plan.samplesPerSecond(),
            plan.pointsPerSecond()));
    text.append(
        line(
            "%d partitions: tocsin streams --create-topics --partitions %d%n%n",
            plan.partitions(), plan.partitions()));
    text.append(
        line(LINE, "stage", "instances", "cores", "memory", "disk", "in", "out", "because"));
    for (StageNeed need : plan.stages()) {
      text.append(
          line(
              LINE,
              need.stage(),
              line("%,d", need.instances()),
              line("%,.1f", need.cores()),
              bytes(need.memoryBytes()),
              bytes(need.diskBytes()),
              bytes(need.inBytesPerSecond()) + "/s",
              bytes(need.outBytesPerSecond()) + "/s",
              need.why()));
    }
    text.append(
        line(
            "%nall instances of a stage together; of each core %.0f %% are planned with%n%n",
            100 * demand.use()));
    text.append(
        line("what gives way first, a sample each %s:%n", Terminal.span(demand.interval())));
    for (Limit limit : plan.limits()) {
      text.append(
          line(
              "  %1s %,14d  %s: %s%n",
              limit.resources() < demand.resources() ? "!" : " ",
              limit.resources(),
              limit.what(),
              limit.remedy()));
    }
    if (withFigures) {
      text.append(line("%ncalculated with:%n"));
      figures(plan.figures(), text);
    }
    return text.toString();
  }

  private static void figures(Figures figures, StringBuilder text) {
    for (RecordComponent component : Figures.class.getRecordComponents()) {
      try {
        Measured measured = (Measured) component.getAccessor().invoke(figures);
        text.append(
            line(
                "  %-20s %12s %-24s %s%n",
                component.getName(),
                measured.value() < 1 ? measured.value() : line("%,.2f", measured.value()),
                measured.unit(),
                measured.from()));
      } catch (IllegalAccessException | InvocationTargetException never) {
        throw new IllegalStateException(component.getName(), never);
      }
    }
  }

  private static String bytes(double bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    double value = bytes;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return line(value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
