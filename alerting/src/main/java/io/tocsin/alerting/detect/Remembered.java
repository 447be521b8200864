package io.tocsin.alerting.detect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What detectors remember, as bytes: a version, then the fields in their order. Bytes of another
 * version are worth nothing, and the detector begins to learn anew.
 */
public final class Remembered {

  private static final byte VERSION = 1;

  private Remembered() {}

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  /** A baseline's state. */
  public static byte[] bytes(BaselineState state) {
    return write(
        out -> {
          out.writeLong(state.latest());
          out.writeLong(state.latestAlarm());
          out.writeDouble(state.largest());
          write(out, state.bins().closed());
          out.writeLong(state.bins().open());
          out.writeDouble(state.bins().sum());
          out.writeInt(state.bins().count());
          out.writeInt(state.tails().size());
          for (Tail tail : state.tails()) {
            write(out, tail.top());
            out.writeInt(tail.blocks());
            write(out, tail.formerTop());
            out.writeInt(tail.formerBlocks());
            out.writeLong(tail.openBlock());
            out.writeDouble(tail.openMax());
          }
        });
  }

  /** The state of bytes; a new one of none, or of another version's. */
  public static BaselineState baseline(byte[] bytes) {
    return read(bytes, BaselineState.empty(), Remembered::baseline);
  }

  private static BaselineState baseline(DataInputStream in) throws IOException {
    long latest = in.readLong();
    long latestAlarm = in.readLong();
    double largest = in.readDouble();
    Bins bins = new Bins(numbers(in), in.readLong(), in.readDouble(), in.readInt());
    int count = in.readInt();
    List<Tail> tails = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tails.add(
          new Tail(
              numbers(in),
              in.readInt(),
              numbers(in),
              in.readInt(),
              in.readLong(),
              in.readDouble()));
    }
    return new BaselineState(latest, latestAlarm, largest, bins, List.copyOf(tails));
  }

  /** The values that a rate of change looks back at. */
  public static byte[] bytes(RateOfChange.State state) {
    return write(
        out -> {
          write(out, state.seconds().values());
          write(out, state.values().values());
        });
  }

  /** The state of bytes; a new one of none, or of another version's. */
  public static RateOfChange.State rate(byte[] bytes) {
    return read(
        bytes,
        RateOfChange.State.empty(),
        in -> new RateOfChange.State(new Ring(numbers(in)), new Ring(numbers(in))));
  }

  /** What is known of the calls to one resource. */
  public static byte[] bytes(EdgeDifference.State state) {
    return write(
        out -> {
          out.writeInt(state.edges().size());
          for (Edge edge : state.edges()) {
            out.writeUTF(edge.caller());
            write(out, edge.differences().values());
            write(out, edge.latencies().values());
            out.writeDouble(edge.score());
            out.writeDouble(edge.before());
            out.writeLong(edge.at());
            out.writeLong(edge.step());
          }
        });
  }

  /** The state of bytes; a new one of none, or of another version's. */
  public static EdgeDifference.State edges(byte[] bytes, String callee) {
    return read(
        bytes,
        EdgeDifference.State.of(callee),
        in -> {
          int count = in.readInt();
          List<Edge> edges = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            edges.add(
                new Edge(
                    in.readUTF(),
                    new Ring(numbers(in)),
                    new Ring(numbers(in)),
                    in.readDouble(),
                    in.readDouble(),
                    in.readLong(),
                    in.readLong()));
          }
          return new EdgeDifference.State(callee, List.copyOf(edges));
        });
  }

  private static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writing.to(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory is always there", impossible);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, T none, Reading<T> reading) {
    if (bytes == null || bytes.length == 0 || bytes[0] != VERSION) {
      return none;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readByte();
      return reading.from(in);
    } catch (IOException cut) {
      return none;
    }
  }

  private static void write(DataOutputStream out, double[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  private static double[] numbers(DataInputStream in) throws IOException {
    double[] numbers = new double[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }
}
