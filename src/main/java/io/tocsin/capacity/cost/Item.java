package io.tocsin.capacity.cost;

import io.tocsin.capacity.ResourceSeries;
import io.tocsin.capacity.rightsizing.Advice;

/**
 * Something that costs money.
 *
 * @param id of the resource
 * @param service it belongs to; empty if unknown
 * @param technology what it runs in
 * @param cores it is given
 * @param gib memory it is given
 */
public record Item(String id, String service, Technology technology, Traced cores, Traced gib) {

  private static final double GIB = 1024.0 * 1024 * 1024;

  /** As it is given now. */
  public static Item now(ResourceSeries series, Advice cpu, Advice memory) {
    return item(series, cpu.has(), memory.has(), "the newest of its history");
  }

  /** As it should be; what cannot be advised on stays. */
  public static Item advised(ResourceSeries series, Advice cpu, Advice memory) {
    return item(series, cpu.target(), memory.target(), "advice on its size");
  }

  /** Whether its size is known; what is not cannot be priced. */
  public boolean isKnown() {
    return !Double.isNaN(cores.value()) && !Double.isNaN(gib.value());
  }

  /** The same in something else. */
  public Item in(Technology other) {
    return new Item(id, service, other, cores, gib);
  }

  private static Item item(ResourceSeries series, double cores, double bytes, String source) {
    return new Item(
        series.id(),
        series.service(),
        Technology.of(series.kind()),
        Traced.given(series.id() + " cores", cores, "cores", source),
        Traced.given(series.id() + " memory", bytes / GIB, "GiB", source));
  }
}
