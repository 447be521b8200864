package io.tocsin.streams.rollup;

import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.window.Part;
import io.tocsin.streams.window.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part with the ids of the groups it belongs to. They are settled when it is taken: a resource
 * that moves to another host takes its later parts there.
 */
public record Contribution(List<String> groups, RollupWindow window) {

  private static final byte VERSION = 1;

  public Contribution {
    groups = List.copyOf(groups);
  }

  /**
   * What a part adds, and to whom.
   *
   * @param host name of the host it runs on; null where that is not known, or it is one
   */
  public static Contribution of(Part part, String host) {
    Subject subject = part.subject();
    List<String> groups = new ArrayList<>(4);
    groups.add(new Group.Fleet().id());
    if (subject.kind() == ResourceKind.HOST
        || subject.kind() == ResourceKind.VM
        || subject.kind() == ResourceKind.CONTAINER) {
      groups.add(new Group.Kind(subject.kind()).id());
    }
    if (subject.service() != null && !subject.service().isEmpty()) {
      groups.add(new Group.Service(subject.service()).id());
    }
    if (host != null) {
      groups.add(new Group.Host(host).id());
    }
    return new Contribution(groups, RollupWindow.of(part));
  }

  /** As bytes, for the store. The first one is the version. */
  public byte[] encode() {
    return RollupCodec.bytes(this::write);
  }

  private void write(Output out) throws IOException {
    out.writeByte(VERSION);
    Numbers.writeCount(out, groups.size());
    for (String group : groups) {
      Numbers.writeText(out, group);
    }
    RollupCodec.write(out, window);
  }

  /** From bytes; empty if they are of a version that this program does not know. */
  public static Optional<Contribution> decode(byte[] bytes) {
    return RollupCodec.value(bytes, Contribution::read);
  }

  private static Optional<Contribution> read(Input in) throws IOException {
    if (in.readByte() != VERSION) {
      return Optional.empty();
    }
    long size = Numbers.readCount(in);
    List<String> groups = new ArrayList<>();
    for (long place = 0; place < size; place++) {
      groups.add(Numbers.readText(in));
    }
    return RollupCodec.read(in).map(window -> new Contribution(groups, window));
  }
}
