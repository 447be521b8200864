package io.tocsin.schemas.seal;

import io.tocsin.schemas.seal.SealPolicy.Mode;
import io.tocsin.schemas.seal.SealVerdict.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records whose seal was not good, by reason: refused, and taken all the same. One for the process,
 * since Kafka's libraries make the guards, one for each thread, where nobody could hand them a
 * meter; whoever has meters reads it. Thread-safe.
 */
public final class SealCounts {

  /** Those of this process. */
  public static final SealCounts PROCESS = new SealCounts();

  private final Map<Reason, LongAdder> refused = adders();
  private final Map<Reason, LongAdder> warned = adders();

  SealCounts() {}

  private static Map<Reason, LongAdder> adders() {
    Map<Reason, LongAdder> adders = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      adders.put(reason, new LongAdder());
    }
    return adders;
  }

  void add(Mode mode, Reason reason) {
    (mode == Mode.ENFORCE ? refused : warned).get(reason).increment();
  }

  /** How many were refused. */
  public long refused(Reason reason) {
    return refused.get(reason).sum();
  }

  /** How many were taken because the mode is {@code warn}. */
  public long warned(Reason reason) {
    return warned.get(reason).sum();
  }
}
