package io.tocsin.capacity.rightsizing;

import io.tocsin.capacity.Figure;
import java.util.List;

/** What a VM or container is given an amount of. */
public enum Dimension {
  CPU(
      Figure.CPU_PERCENT,
      Figure.CORES,
      List.of(
          Figure.CPU_PRESSURE_PERCENT,
          Figure.THROTTLED_PERCENT,
          Figure.STEAL_PERCENT,
          Figure.VCPU_DELAY_PERCENT)),
  MEMORY(Figure.MEMORY_PERCENT, Figure.MEMORY_BYTES, List.of(Figure.MEMORY_PRESSURE_PERCENT));

  private final Figure use;
  private final Figure capacity;
  private final List<Figure> vetoes;

  Dimension(Figure use, Figure capacity, List<Figure> vetoes) {
    this.use = use;
    this.capacity = capacity;
    this.vetoes = vetoes;
  }

  /** Percentage of the capacity in use. */
  public Figure use() {
    return use;
  }

  /** Cores or bytes. */
  public Figure capacity() {
    return capacity;
  }

  /** Figures that say it is short already, whatever its use. */
  public List<Figure> vetoes() {
    return vetoes;
  }
}
