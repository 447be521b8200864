package io.tocsin.streams.bottleneck;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper;
import io.tocsin.schemas.BottleneckKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The episodes of one resource under way, at most one of each kind.
 *
 * @param byKind kinds without an episode are missing
 */
public record Episodes(Map<BottleneckKind, Episode> byKind) {

  private static final byte VERSION = 1;

  /** None under way. */
  public static final Episodes NONE = new Episodes(Map.of());

  public Episodes {
    byKind = Map.copyOf(byKind);
  }

  /** Whether none is under way. */
  public boolean isEmpty() {
    return byKind.isEmpty();
  }

  /** As bytes, for the store. The first one is the version. */
  public byte[] encode() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(64);
    out.writeByte(VERSION);
    try {
      for (Map.Entry<BottleneckKind, Episode> entry : new TreeMap<>(byKind).entrySet()) {
        Episode episode = entry.getValue();
        out.writeByte((byte) entry.getKey().ordinal());
        out.writeByte((byte) (episode.isRaised() ? 1 : 0));
        VarEncodingHelper.encodeSignedVarLong(out, episode.since());
        VarEncodingHelper.encodeSignedVarLong(out, episode.seenAt());
        VarEncodingHelper.encodeSignedVarLong(out, episode.belowSince());
        VarEncodingHelper.encodeSignedVarLong(out, episode.toldAt());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /**
   * From bytes; empty if they are of a version that this program does not know.
   *
   * @throws UncheckedIOException if they end too early
   */
  public static Optional<Episodes> decode(byte[] bytes) {
    Input in = ByteArrayInput.wrap(bytes);
    try {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      Map<BottleneckKind, Episode> episodes = new EnumMap<>(BottleneckKind.class);
      while (in.hasRemaining()) {
        BottleneckKind kind = BottleneckKind.values()[in.readByte()];
        boolean isRaised = in.readByte() == 1;
        long since = VarEncodingHelper.decodeSignedVarLong(in);
        long seenAt = VarEncodingHelper.decodeSignedVarLong(in);
        long belowSince = VarEncodingHelper.decodeSignedVarLong(in);
        long toldAt = VarEncodingHelper.decodeSignedVarLong(in);
        episodes.put(kind, new Episode(since, seenAt, isRaised, belowSince, toldAt));
      }
      return Optional.of(new Episodes(episodes));
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored episodes of a resource are cut short", cut);
    }
  }
}
