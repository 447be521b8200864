package io.tocsin.server.pipeline;

import io.tocsin.schemas.DeadLetter;
import io.tocsin.schemas.RefusedCount;
import io.tocsin.schemas.exchange.Received;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.server.view.Newest;
import io.tocsin.server.view.View;
import java.util.List;

/**
 * What the pipeline left out or could not use. Bounded: the {@value #REFUSALS_KEPT} kinds of
 * refusal that came last, each summed over what its topic retains, and the newest {@value
 * #LETTERS_KEPT} dead letters, without their contents.
 */
public final class Troubles extends View {

  static final int REFUSALS_KEPT = 500;
  static final int LETTERS_KEPT = 500;

  private final Newest<PipelineView.Refusal> refusals = new Newest<>(REFUSALS_KEPT);
  private final Newest<PipelineView.Letter> letters = new Newest<>(LETTERS_KEPT);

  @Override
  protected boolean take(Received<?> received) {
    return received.as(Topics.REFUSALS).map(this::refusal).orElse(false)
        || received.as(Topics.DEAD_LETTERS).map(this::letter).orElse(false);
  }

  private boolean refusal(RefusedCount count) {
    String key = Topics.REFUSALS.keyOf(count);
    PipelineView.Refusal before = refusals.get(key);
    if (before != null && !count.getTo().isAfter(before.to())) {
      return false; // delivered again
    }
    refusals.put(key, PipelineView.Refusal.of(count, before == null ? 0 : before.count()));
    return true;
  }

  private boolean letter(DeadLetter letter) {
    String key = letter.getStage() + "/" + Topics.DEAD_LETTERS.keyOf(letter);
    boolean isNew = letters.get(key) == null;
    letters.put(key, PipelineView.Letter.of(letter));
    return isNew;
  }

  /** What was left out, what was left out last comes first. */
  public synchronized List<PipelineView.Refusal> refusals() {
    return refusals.newestFirst();
  }

  /** What could not be used, newest first. */
  public synchronized List<PipelineView.Letter> letters() {
    return letters.newestFirst();
  }
}
