package io.tocsin.server.fleet;

import io.tocsin.schemas.Bottleneck;
import io.tocsin.schemas.BottleneckSeverity;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shortages. Bounded: of those under way the {@value #ACTIVE_KEPT} that changed last stay, which is
 * more than one of each kind for 5,000 resources; of those that are over the newest {@value
 * #ENDED_KEPT}.
 */
public final class Bottlenecks extends View {

  static final int ACTIVE_KEPT = 20_000;
  static final int ENDED_KEPT = 2_000;

  private static final Comparator<Bottleneck> WORST_FIRST =
      Comparator.comparing(Bottleneck::getActive, Comparator.reverseOrder())
          .thenComparing(found -> badness(found.getSeverity()), Comparator.reverseOrder())
          .thenComparing(
              found -> found.getValue() / Math.max(found.getThreshold(), 1e-9),
              Comparator.reverseOrder())
          .thenComparing(Bottleneck::getAt, Comparator.reverseOrder())
          .thenComparing(Bottleneck::getResourceId)
          .thenComparing(Bottleneck::getKind);

  private final Newest<Bottleneck> active = new Newest<>(ACTIVE_KEPT);
  private final Newest<Bottleneck> ended = new Newest<>(ENDED_KEPT);

  private static int badness(BottleneckSeverity severity) {
    return severity == BottleneckSeverity.UNSPECIFIED ? -1 : severity.ordinal();
  }

  @Override
  protected boolean take(Received<?> received) {
    return received.as(Topics.BOTTLENECKS).map(this::bottleneck).orElse(false);
  }

  private boolean bottleneck(Bottleneck found) {
    String place = found.getResourceId() + " " + found.getKind();
    if (found.getActive()) {
      active.put(place, found);
    } else {
      active.remove(place);
      ended.put(place + " " + found.getSince(), found);
    }
    return true;
  }

  /** Worst first; those that are over at the end. */
  public synchronized List<BottleneckView> all() {
    return worstFirst(Stream.concat(active.oldestFirst().stream(), ended.oldestFirst().stream()));
  }

  /** Those of a resource, worst first. */
  public synchronized List<BottleneckView> of(String resource) {
    return worstFirst(
        Stream.concat(active.oldestFirst().stream(), ended.oldestFirst().stream())
            .filter(found -> found.getResourceId().equals(resource)));
  }

  private static List<BottleneckView> worstFirst(Stream<Bottleneck> found) {
    return found.sorted(WORST_FIRST).map(BottleneckView::of).toList();
  }

  /** Ids of the resources that have one. */
  public synchronized Set<String> places() {
    return active.oldestFirst().stream().map(Bottleneck::getResourceId).collect(Collectors.toSet());
  }
}
