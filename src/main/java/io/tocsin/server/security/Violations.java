package io.tocsin.server.security;

import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.Comparator;
import java.util.List;

/**
 * What was done against policies, and the newest scan of each image. Bounded: the newest {@value
 * #VIOLATIONS_KEPT} violations and the {@value #IMAGES_KEPT} images scanned last stay.
 */
public final class Violations extends View {

  static final int VIOLATIONS_KEPT = 5_000;
  static final int IMAGES_KEPT = 2_000;

  private final Newest<ViolationView> violations = new Newest<>(VIOLATIONS_KEPT);
  private final Newest<ImageView> images = new Newest<>(IMAGES_KEPT);

  @Override
  protected boolean take(Received<?> received) {
    if (received.topic().name().equals(Topics.IMAGE_FINDINGS.name())) {
      received
          .as(Topics.IMAGE_FINDINGS)
          .ifPresentOrElse(
              findings -> images.put(findings.getImage(), ImageView.of(findings)),
              () -> images.remove(received.key()));
      return true;
    }
    return received
        .as(Topics.VIOLATIONS)
        .map(
            violation -> {
              violations.put(violation.getId(), ViolationView.of(violation));
              return true;
            })
        .orElse(false);
  }

  /** Newest first. */
  public synchronized List<ViolationView> all() {
    return violations.newestFirst();
  }

  /** Those with the most new CRITICAL findings first, then HIGH ones. */
  public synchronized List<ImageView> images() {
    return images.newestFirst().stream()
        .sorted(
            Comparator.comparingInt(ImageView::newCritical)
                .thenComparingInt(ImageView::newHigh)
                .reversed()
                .thenComparing(ImageView::image))
        .toList();
  }
}
