package io.tocsin.streams.latency;

import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import io.tocsin.schemas.LatencyPart;
import io.tocsin.schemas.LatencySource;
import io.tocsin.schemas.Tier;
import io.tocsin.streams.sketch.Numbers;
import io.tocsin.streams.window.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * What one or more resources of a service add to its roll-up: their figures over a window of the
 * smallest size that is final. Each resource gives one part per window and source, so the members
 * of parts add up.
 *
 * <p>A service may report on itself, under the id of its roll-up. It knows all its requests, and
 * what its endpoints report is the same requests once more; so it then speaks for itself, and no
 * roll-up of that source is made for that window.
 */
public final class ServicePart {

  private static final byte VERSION = 1;
  private static final String PREFIX = "service/";

  final String service;
  final LatencySource source;
  final long startsAt;
  final long sizeMs;
  Tier tier;
  int members;
  boolean speaksForItself;
  final Tally tally = new Tally();

  private ServicePart(String service, LatencySource source, long startsAt, long sizeMs) {
    this.service = service;
    this.source = source;
    this.startsAt = startsAt;
    this.sizeMs = sizeMs;
  }

  /** What a resource adds; empty where it belongs to no service. */
  static Optional<ServicePart> of(Subject subject, OpenWindow window) {
    if (subject.service() == null) {
      return Optional.empty();
    }
    ServicePart part =
        new ServicePart(subject.service(), window.source(), window.startsAt(), window.sizeMs());
    part.tier = subject.tier();
    part.members = 1;
    part.speaksForItself = subject.resourceId().equals(part.resourceId());
    part.tally.append(window.tally());
    return Optional.of(part);
  }

  /** Id of the service's roll-up. */
  public String resourceId() {
    return PREFIX + service;
  }

  /** What parts that can be put together have in common. */
  public String key() {
    return resourceId() + '\0' + source + '\0' + sizeMs + '\0' + startsAt;
  }

  /** What all parts of one roll-up have in common. */
  public String rollup() {
    return resourceId() + '\0' + source;
  }

  /** Adds another one of the same key. */
  public void join(ServicePart other) {
    // CORE, the more important one, is declared first.
    tier = tier.compareTo(other.tier) <= 0 ? tier : other.tier;
    members += other.members;
    speaksForItself |= other.speaksForItself;
    tally.join(other.tally);
  }

  /** As a record for the topic between tasks. */
  public LatencyPart toRecord() {
    return LatencyPart.newBuilder()
        .setResourceId(resourceId())
        .setService(service)
        .setTier(tier)
        .setSource(source)
        .setStartsAt(Instant.ofEpochMilli(startsAt))
        .setSizeMs(sizeMs)
        .setMembers(members)
        .setSpeaksForItself(speaksForItself)
        .setTally(ByteBuffer.wrap(encode()))
        .build();
  }

  /** From such a record; empty if its figures are of another version of the program. */
  public static Optional<ServicePart> of(LatencyPart part) {
    ByteBuffer tally = part.getTally().duplicate();
    byte[] bytes = new byte[tally.remaining()];
    tally.get(bytes);
    return decode(bytes);
  }

  /** Bytes of a part. */
  public byte[] encode() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(512);
    try {
      out.writeByte(VERSION);
      write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return out.trimmedCopy();
  }

  /**
   * The part of some bytes; empty if they are of another version.
   *
   * @throws UncheckedIOException if they end too early
   */
  public static Optional<ServicePart> decode(byte[] bytes) {
    ByteArrayInput in = ByteArrayInput.wrap(bytes);
    try {
      return in.readByte() == VERSION ? Optional.of(read(in)) : Optional.empty();
    } catch (IOException cut) {
      throw new UncheckedIOException("a part of a service's latency is cut short", cut);
    }
  }

  void write(Output out) throws IOException {
    Numbers.writeText(out, service);
    Numbers.writeText(out, source.name());
    Numbers.writeText(out, tier.name());
    Numbers.writeLong(out, startsAt);
    Numbers.writeCount(out, sizeMs);
    Numbers.writeCount(out, members);
    Numbers.writeCount(out, speaksForItself ? 1 : 0);
    tally.write(out);
  }

  static ServicePart read(Input in) throws IOException {
    String service = Numbers.readText(in);
    LatencySource source = LatencySource.valueOf(Numbers.readText(in));
    Tier tier = Tier.valueOf(Numbers.readText(in));
    ServicePart part =
        new ServicePart(service, source, Numbers.readLong(in), Numbers.readCount(in));
    part.tier = tier;
    part.members = (int) Numbers.readCount(in);
    part.speaksForItself = Numbers.readCount(in) == 1;
    part.tally.append(Tally.read(in));
    return part;
  }
}
