package io.tocsin.alerting.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.outbound.HmacSignature.Verdict;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSignatureTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final byte[] BODY = "{\"action\":\"drain\"}".getBytes(UTF_8);

  @Test
  void isWhatOpensslSays() {
    // printf '1700000000.{"action":"drain"}' | openssl dgst -sha256 -hmac secret
    assertThat(HmacSignature.sign("secret", NOW, BODY))
        .isEqualTo(
            "t=1700000000,v1=30b86a3c077d493fbbae51fec8ec740c5dbd05b607758842ded41da5f7d3d8c5");
  }

  @Property
  void whatIsSignedIsGenuineForAMinuteEitherWay(
      @ForAll @StringLength(min = 1, max = 80) String secret,
      @ForAll byte[] body,
      @ForAll @LongRange(min = -200, max = 200) long later) {
    Verdict verdict =
        HmacSignature.verify(
            secret, HmacSignature.sign(secret, NOW, body), body, NOW.plusSeconds(later));
    assertThat(verdict instanceof Verdict.Genuine).isEqualTo(Math.abs(later) <= 60);
  }

  @Property
  void noHeaderOfAnyFormIsAnErrorOrGenuine(@ForAll String header) {
    assertThat(HmacSignature.verify("secret", header, BODY, NOW))
        .isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "t=", "t=1,v1=", "v1=00", "t=9223372036854775807,v1=00", "t=99999999999999999999,v1=00",
        "t=1700000000", "t=1700000000,v1=xyz", "t=-1,v1=00", ",,,", "=,=", "t=1700000000,v0=00"
      })
  void aHeaderThatIsNotOursIsRefused(String header) {
    assertThat(HmacSignature.verify("secret", header, BODY, NOW))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void anotherSecretBodyOrTimeIsRefused() {
    String header = HmacSignature.sign("secret", NOW, BODY);
    assertThat(HmacSignature.verify("other", header, BODY, NOW))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(HmacSignature.verify("secret", header, "{}".getBytes(UTF_8), NOW))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(
            HmacSignature.verify(
                "secret", header.replace("t=1700000000", "t=1700000001"), BODY, NOW))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(HmacSignature.verify("secret", null, BODY, NOW)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void oneRightCodeOfSeveralIsEnough() {
    String old = HmacSignature.sign("old", NOW, BODY);
    String both = old + HmacSignature.sign("new", NOW, BODY).replace("t=1700000000", "");
    assertThat(HmacSignature.verify("new", both, BODY, NOW)).isInstanceOf(Verdict.Genuine.class);
    assertThat(HmacSignature.verify("old", both, BODY, NOW)).isInstanceOf(Verdict.Genuine.class);
  }
}
