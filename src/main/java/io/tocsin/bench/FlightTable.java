package io.tocsin.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time goes, by the samples of a flight recording.
 *
 * <p>The recorder looks at running Java threads every 10 ms, and every 20 ms at one of the threads
 * that are in native code, each in turn, waiting or not. So a sample of native code stands for more
 * than one of Java: for two, times the number of threads that take turns. It says nothing on
 * whether the thread had a CPU: where others want it too, native code looks dearer than it is.
 */
public final class FlightTable {

  private static final String JAVA = "jdk.ExecutionSample";
  private static final String NATIVE = "jdk.NativeMethodSample";
  private static final double NATIVE_PERIODS = 2;
  private static final int MOST_LINES = 20;

  /** Where threads wait. */
  private static final Set<String> IDLE =
      Set.of(
          "sun.nio.ch.EPoll.wait",
          "sun.nio.ch.Net.poll",
          "sun.nio.ch.Net.accept",
          "java.io.FileInputStream.readBytes",
          "java.lang.Thread.sleep");

  private FlightTable() {}

  /**
   * A line of a table.
   *
   * @param what it was spent on
   * @param percent of all samples
   */
  public record Line(String what, double percent) {}

  private record Moment(List<String> frames, double weight) {}

  /**
   * Reads a recording.
   *
   * @return by heading: what it was spent on, the innermost methods, and the same with our own
   *     method that they work for
   */
  public static Map<String, List<Line>> of(Path recording) throws IOException {
    List<Moment> moments = moments(RecordingFile.readAllEvents(recording));
    Map<String, List<Line>> tables = new LinkedHashMap<>();
    tables.put("where the time goes", lines(moments, frames -> Cost.of(frames).words()));
    tables.put("innermost methods", lines(moments, frames -> frames.get(0)));
    tables.put("for our methods", lines(moments, FlightTable::ours));
    return tables;
  }

  private static List<Moment> moments(List<RecordedEvent> events) {
    Map<Long, Long> turns =
        events.stream()
            .filter(event -> event.getEventType().getName().equals(NATIVE))
            .filter(event -> event.getThread("sampledThread") != null)
            .collect(
                Collectors.groupingBy(
                    event -> event.getThread("sampledThread").getId(), Collectors.counting()));
    long all = turns.values().stream().mapToLong(Long::longValue).sum();
    long most = turns.values().stream().mapToLong(Long::longValue).max().orElse(1);
    double weightOfNative = NATIVE_PERIODS * Math.max(1, (double) all / most);
    List<Moment> moments = new ArrayList<>();
    for (RecordedEvent event : events) {
      String type = event.getEventType().getName();
      if (!type.equals(JAVA) && !type.equals(NATIVE) || event.getStackTrace() == null) {
        continue;
      }
      List<String> frames =
          event.getStackTrace().getFrames().stream()
              .map(
                  frame ->
                      frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
              .toList();
      if (!frames.isEmpty() && !IDLE.contains(frames.get(0))) {
        moments.add(new Moment(frames, type.equals(NATIVE) ? weightOfNative : 1));
      }
    }
    return moments;
  }

  private static String ours(List<String> frames) {
    return frames.stream()
        .filter(frame -> frame.startsWith("io.tocsin."))
        .findFirst()
        .orElse("(none of ours on the stack)");
  }

  private static List<Line> lines(List<Moment> moments, Function<List<String>, String> what) {
    Map<String, Double> sums = new HashMap<>();
    moments.forEach(
        moment -> sums.merge(what.apply(moment.frames()), moment.weight(), Double::sum));
    double all = sums.values().stream().mapToDouble(Double::doubleValue).sum();
    return sums.entrySet().stream()
        .map(sum -> new Line(sum.getKey(), 100 * sum.getValue() / all))
        .sorted(Comparator.comparingDouble(Line::percent).reversed())
        .limit(MOST_LINES)
        .toList();
  }
}
