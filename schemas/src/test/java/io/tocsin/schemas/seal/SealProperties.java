package io.tocsin.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.seal.SealVerdict.Good;
import io.tocsin.schemas.seal.SealVerdict.Reason;
import io.tocsin.schemas.seal.SealVerdict.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.header.internals.RecordHeaders;

class SealProperties {

  private static final FleetSecret SECRET = new FleetSecret("0123456789abcdef0123456789abcdef");
  private static final FleetSecret OTHER = new FleetSecret("another-secret-of-32-characters!");
  private static final Claim CLAIM = new Claim("web-1", "host/web-1", null);

  private final SealCheck check = new SealCheck(List.of(SECRET), new Ownership(Map.of()), Set.of());

  private static byte[] sealed(FleetSecret by, byte[] topic, byte[] key, byte[] value) {
    return new Seal().of(by.keyOf("web-1").bytes(), topic, key, value);
  }

  private SealVerdict judge(String agent, byte[] topic, byte[] key, byte[] value, byte[] seal) {
    RecordHeaders headers = new RecordHeaders();
    SealHeaders.put(agent, seal, headers);
    return check.judge(topic, key, value, headers, CLAIM);
  }

  private static boolean isFalse(SealVerdict verdict) {
    return verdict instanceof Refused refused && refused.reason() == Reason.FALSE;
  }

  @Property
  void whatAnAgentSealedIsGood(@ForAll byte[] topic, @ForAll byte[] key, @ForAll byte[] value) {
    byte[] seal = sealed(SECRET, topic, key, value);

    assertThat(judge("web-1", topic, key, value, seal)).isEqualTo(new Good("web-1"));
    assertThat(isFalse(judge("web-2", topic, key, value, seal))).isTrue();
  }

  @Property
  void anyBitThatIsFlippedMakesItFalse(
      @ForAll @Size(min = 1, max = 40) byte[] topic,
      @ForAll @Size(min = 1, max = 40) byte[] key,
      @ForAll @Size(min = 1, max = 200) byte[] value,
      @ForAll @IntRange(max = 3) int part,
      @ForAll @IntRange(max = 1_000_000) int bit) {
    byte[] seal = sealed(SECRET, topic, key, value);
    byte[][] parts = {topic, key, value, seal};
    byte[] flipped = parts[part];
    int at = bit % (flipped.length * 8);
    flipped[at / 8] ^= (byte) (1 << at % 8);

    assertThat(isFalse(judge("web-1", topic, key, value, seal))).isTrue();
  }

  @Property
  void bytesThatMoveFromOnePartToTheNextMakeItFalse(
      @ForAll @Size(min = 1, max = 20) byte[] topic, @ForAll @Size(max = 20) byte[] value) {
    byte[] seal = sealed(SECRET, topic, new byte[0], value);

    assertThat(isFalse(judge("web-1", new byte[0], topic, value, seal))).isTrue();
  }

  @Property
  void aTombstoneIsNoValueAndNoValueATombstone(@ForAll byte[] topic, @ForAll byte[] key) {
    byte[] ofNone = sealed(SECRET, topic, key, null);
    byte[] ofEmpty = sealed(SECRET, topic, key, new byte[0]);

    assertThat(isFalse(judge("web-1", topic, key, new byte[0], ofNone))).isTrue();
    assertThat(isFalse(judge("web-1", topic, key, null, ofEmpty))).isTrue();
    assertThat(judge("web-1", topic, key, null, ofNone)).isInstanceOf(Good.class);
  }

  @Property
  void aSealOfAnotherFleetIsFalse(@ForAll byte[] value) {
    byte[] seal = sealed(OTHER, new byte[] {1}, new byte[] {2}, value);

    assertThat(isFalse(judge("web-1", new byte[] {1}, new byte[] {2}, value, seal))).isTrue();
  }

  @Property
  void aSealOfAnyLengthIsRefusedAndNeverAnError(
      @ForAll byte[] seal, @ForAll String agent, @ForAll byte[] value) {
    assertThat(judge(agent, new byte[] {1}, new byte[] {2}, value, seal))
        .isInstanceOf(Refused.class);
  }
}
