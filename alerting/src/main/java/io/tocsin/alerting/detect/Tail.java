package io.tocsin.alerting.detect;

import java.util.Arrays;

/**
 * The greatest values that a quantity has reached, one for each block of time, in this generation
 * and in the one before. Plain fields, so that Flink keeps it without Kryo.
 *
 * @param top greatest blocks of this generation, greatest first
 * @param blocks how many blocks this generation had
 * @param formerTop greatest blocks of the generation before
 * @param formerBlocks how many blocks that had
 * @param openBlock number of the block that is not over; {@link #NO_BLOCK} before the first value
 * @param openMax greatest value of that block
 */
public record Tail(
    double[] top,
    int blocks,
    double[] formerTop,
    int formerBlocks,
    long openBlock,
    double openMax) {

  static final long NO_BLOCK = Long.MIN_VALUE;

  static Tail empty() {
    return new Tail(new double[0], 0, new double[0], 0, NO_BLOCK, Double.NEGATIVE_INFINITY);
  }

  int known() {
    return blocks + formerBlocks;
  }

  /** With a value of a block that is not before the open one. */
  Tail with(long block, double value, int kept, long blocksOfGeneration) {
    if (block == openBlock) {
      return value <= openMax
          ? this
          : new Tail(top, blocks, formerTop, formerBlocks, openBlock, value);
    }
    if (openBlock == NO_BLOCK) {
      return new Tail(top, blocks, formerTop, formerBlocks, block, value);
    }
    double[] longer = inserted(top, openMax, kept);
    boolean isSameGeneration =
        Math.floorDiv(block, blocksOfGeneration) == Math.floorDiv(openBlock, blocksOfGeneration);
    return isSameGeneration
        ? new Tail(longer, blocks + 1, formerTop, formerBlocks, block, value)
        : new Tail(new double[0], 0, longer, blocks + 1, block, value);
  }

  /** The greatest blocks of both generations, greatest first, the open block left out. */
  double[] greatest(int count) {
    double[] merged = new double[Math.min(count, top.length + formerTop.length)];
    int mine = 0;
    int former = 0;
    for (int i = 0; i < merged.length; i++) {
      boolean isMine =
          former >= formerTop.length || mine < top.length && top[mine] >= formerTop[former];
      merged[i] = isMine ? top[mine++] : formerTop[former++];
    }
    return merged;
  }

  private static double[] inserted(double[] sorted, double value, int kept) {
    if (sorted.length == kept && value <= sorted[kept - 1]) {
      return sorted;
    }
    int at = 0;
    while (at < sorted.length && sorted[at] >= value) {
      at++;
    }
    double[] longer = Arrays.copyOf(sorted, Math.min(kept, sorted.length + 1));
    System.arraycopy(sorted, at, longer, at + 1, longer.length - at - 1);
    longer[at] = value;
    return longer;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tail tail
        && Arrays.equals(top, tail.top)
        && blocks == tail.blocks
        && Arrays.equals(formerTop, tail.formerTop)
        && formerBlocks == tail.formerBlocks
        && openBlock == tail.openBlock
        && Double.compare(openMax, tail.openMax) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(top) + Arrays.hashCode(formerTop);
  }

  @Override
  public String toString() {
    return "Tail" + Arrays.toString(top) + " of " + blocks + " blocks";
  }
}
