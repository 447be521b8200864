package io.tocsin.capacity.cost;

import io.tocsin.schemas.ResourceKind;
import java.util.Locale;

/** What a workload runs in. */
public enum Technology {
  VM,
  CONTAINER;

  /** As in the price book. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a resource; what is no container is priced as a VM. */
  public static Technology of(ResourceKind kind) {
    return kind == ResourceKind.CONTAINER ? CONTAINER : VM;
  }
}
