package io.tocsin.streams.bottleneck;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper;
import io.tocsin.schemas.BottleneckKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The episodes of one resource under way, at most one of each kind; null where there is none. */
public record Episodes(Episode cpu, Episode memory, Episode io, Episode network) {

  /** The kinds there are, in the order in which they are looked at and stored. */
  static final List<BottleneckKind> KINDS =
      List.of(BottleneckKind.CPU, BottleneckKind.MEMORY, BottleneckKind.IO, BottleneckKind.NETWORK);

  /** None under way. */
  public static final Episodes NONE = new Episodes(null, null, null, null);

  private static final byte VERSION = 2;

  /** Knew no lost work; its flags mean the same otherwise. */
  private static final byte FIRST_VERSION = 1;

  private static final int RAISED = 1;
  private static final int WORK_LOST = 2;

  /** By place in {@link #KINDS}. */
  static Episodes of(Episode[] byKind) {
    return new Episodes(byKind[0], byKind[1], byKind[2], byKind[3]);
  }

  /** Whether none is under way. */
  public boolean isEmpty() {
    return cpu == null && memory == null && io == null && network == null;
  }

  Episode of(BottleneckKind kind) {
    return switch (kind) {
      case CPU -> cpu;
      case MEMORY -> memory;
      case IO -> io;
      case NETWORK -> network;
      case UNSPECIFIED -> null;
    };
  }

  /**
   * Whether more has changed than that they were seen again. That much need not be kept at once:
   * each telling keeps it, and only the time that the last telling of a forgotten resource bears
   * depends on it.
   */
  public boolean isNewsTo(Episodes before) {
    for (BottleneckKind kind : KINDS) {
      Episode now = of(kind);
      Episode then = before.of(kind);
      if (now == null || then == null ? now != then : now.isNewsTo(then)) {
        return true;
      }
    }
    return false;
  }

  /** As bytes, for the store. The first one is the version. */
  public byte[] encode() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(64);
    out.writeByte(VERSION);
    try {
      for (BottleneckKind kind : KINDS) {
        Episode episode = of(kind);
        if (episode != null) {
          out.writeByte((byte) kind.ordinal());
          write(episode, out);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  private static void write(Episode episode, GrowingByteArrayOutput out) throws IOException {
    out.writeByte(
        (byte) ((episode.isRaised() ? RAISED : 0) | (episode.isWorkLost() ? WORK_LOST : 0)));
    VarEncodingHelper.encodeSignedVarLong(out, episode.since());
    VarEncodingHelper.encodeSignedVarLong(out, episode.seenAt());
    VarEncodingHelper.encodeSignedVarLong(out, episode.belowSince());
    VarEncodingHelper.encodeSignedVarLong(out, episode.toldAt());
  }

  /**
   * From bytes; empty if they are of a version that this program does not know.
   *
   * @throws UncheckedIOException if they end too early
   */
  public static Optional<Episodes> decode(byte[] bytes) {
    Input in = ByteArrayInput.wrap(bytes);
    try {
      byte version = in.readByte();
      if (version != VERSION && version != FIRST_VERSION) {
        return Optional.empty();
      }
      Episode[] byKind = new Episode[KINDS.size()];
      while (in.hasRemaining()) {
        int kind = KINDS.indexOf(BottleneckKind.values()[in.readByte()]);
        byKind[kind] = read(in);
      }
      return Optional.of(of(byKind));
    } catch (IOException cut) {
      throw new UncheckedIOException("the stored episodes of a resource are cut short", cut);
    }
  }

  private static Episode read(Input in) throws IOException {
    int flags = in.readByte();
    long since = VarEncodingHelper.decodeSignedVarLong(in);
    long seenAt = VarEncodingHelper.decodeSignedVarLong(in);
    long belowSince = VarEncodingHelper.decodeSignedVarLong(in);
    long toldAt = VarEncodingHelper.decodeSignedVarLong(in);
    return new Episode(
        since, seenAt, (flags & RAISED) != 0, (flags & WORK_LOST) != 0, belowSince, toldAt);
  }
}
