package io.tocsin.streams.rollup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done about the windows of a task, and when: told once a second at most while parts
 * come, told as final when its end and the grace have passed and it is quiet, told again when parts
 * come after that, removed when none came for the retention. All on the wall clock ({@link
 * RollupSettings}); a hundred bytes for each window that is kept. Not thread-safe.
 */
public final class Agenda {

  /** What is due. */
  public enum Action {
    /** To be told as it stands. */
    UPDATE,
    /** To be told as final, for the first time or corrected. */
    FINAL,
    /** To be forgotten. */
    REMOVE
  }

  /** Something to be done about a window. */
  public record Due(WindowKey window, Action action) {}

  private record Entry(long lastPartAt, boolean isNews, boolean wasFinal) {}

  private final RollupSettings settings;
  private final Map<WindowKey, Entry> open = new LinkedHashMap<>();

  /** In the order in which they were told, so those to be removed stand first. */
  private final Map<WindowKey, Entry> told = new LinkedHashMap<>();

  /** An agenda of no windows. */
  public Agenda(RollupSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes up a window from the store. Nobody knows what waits in the topic, so quiet and retention
   * count from now on.
   */
  public void restore(WindowKey window, Kept.Stage stage, long wallMs) {
    boolean isTold = stage == Kept.Stage.TOLD;
    // An update may or may not have been told before the restart; twice does no harm.
    (isTold ? told : open)
        .put(window, new Entry(wallMs, !isTold, stage == Kept.Stage.CORRECTED || isTold));
  }

  /** A part of a window came. */
  public void took(WindowKey window, long wallMs) {
    Entry before = told.remove(window);
    if (before == null) {
      before = open.get(window);
    }
    open.put(window, new Entry(wallMs, true, before != null && before.wasFinal()));
  }

  /** What is due by now; to be called about once a second. All of it counts as done. */
  public List<Due> due(long wallMs) {
    List<Due> due = new ArrayList<>();
    Iterator<Map.Entry<WindowKey, Entry>> opened = open.entrySet().iterator();
    while (opened.hasNext()) {
      Map.Entry<WindowKey, Entry> window = opened.next();
      Entry entry = window.getValue();
      if (entry.wasFinal() || isOver(window.getKey(), entry, wallMs)) {
        due.add(new Due(window.getKey(), Action.FINAL));
        told.put(window.getKey(), new Entry(entry.lastPartAt(), false, true));
        opened.remove();
      } else if (entry.isNews()) {
        due.add(new Due(window.getKey(), Action.UPDATE));
        window.setValue(new Entry(entry.lastPartAt(), false, false));
      }
    }
    Iterator<Map.Entry<WindowKey, Entry>> oldest = told.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<WindowKey, Entry> window = oldest.next();
      if (wallMs < window.getValue().lastPartAt() + settings.retention().toMillis()) {
        break;
      }
      due.add(new Due(window.getKey(), Action.REMOVE));
      oldest.remove();
    }
    return due;
  }

  private boolean isOver(WindowKey window, Entry entry, long wallMs) {
    return wallMs >= window.endsAt() + settings.grace().toMillis()
        && wallMs >= entry.lastPartAt() + settings.quiet().toMillis();
  }

  /** How many windows are kept. */
  public int size() {
    return open.size() + told.size();
  }
}
