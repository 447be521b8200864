package io.tocsin.delivery.signal;

import java.util.List;

/** What comes of a look. */
public sealed interface Verdict {

  /** Why; empty if all is well. */
  List<Reason> reasons();

  /** All signals are as good as before. */
  record Well() implements Verdict {
    @Override
    public List<Reason> reasons() {
      return List.of();
    }
  }

  /** Something is not well yet, and may become so without anybody's doing. */
  record Settling(List<Reason> reasons) implements Verdict {
    public Settling {
      reasons = List.copyOf(reasons);
    }
  }

  /** Something is wrong; what may pass stands among the reasons, too. */
  record Unwell(List<Reason> reasons) implements Verdict {
    public Unwell {
      reasons = List.copyOf(reasons);
    }
  }

  /** The verdict that reasons amount to. */
  static Verdict of(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return new Well();
    }
    return reasons.stream().allMatch(Reason::mayPass) ? new Settling(reasons) : new Unwell(reasons);
  }
}
