package io.tocsin.schemas.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealKeysTest {

  private static final String TEXT = "0123456789abcdef0123456789abcdef";

  @Test
  void aKeyIsTheHmacOfItsAgentUnderTheSecret() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(TEXT.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal("tocsin agent web-1\1".getBytes(StandardCharsets.UTF_8));

    assertThat(new FleetSecret(TEXT).keyOf("web-1").bytes()).isEqualTo(expected);
  }

  @Test
  void aKeyOutOfItsTextIsTheSame() {
    AgentKey key = new FleetSecret(TEXT).keyOf("web-1");

    AgentKey read = AgentKey.parse(key.text());

    assertThat(read.agent()).isEqualTo("web-1");
    assertThat(read.bytes()).isEqualTo(key.bytes());
  }

  @Test
  void everyAgentHasAKeyOfItsOwn() {
    FleetSecret secret = new FleetSecret(TEXT);

    assertThat(secret.keyOf("web-1").bytes()).isNotEqualTo(secret.keyOf("web-11").bytes());
  }

  @Test
  void secretsThatAreMadeAreDifferentAndLongEnough() {
    SecureRandom random = new SecureRandom();
    String one = FleetSecret.make(random);

    assertThat(new FleetSecret(one)).isNotNull();
    assertThat(FleetSecret.make(random)).isNotEqualTo(one);
  }

  @Test
  void nothingOfAKeyOrASecretStandsInWhatIsPrintedOrThrown() {
    AgentKey key = new FleetSecret(TEXT).keyOf("web-1");
    String base64 = key.text().substring("web-1:".length());

    assertThat(key.toString()).doesNotContain(base64);
    assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(key.bytes()));
    assertThat(new FleetSecret(TEXT).toString()).doesNotContain(TEXT);
    assertThatThrownBy(() -> AgentKey.parse("web-1:" + base64 + "!"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tocsin agents enrol")
        .hasMessageNotContaining(base64)
        .hasNoCause();
    assertThatThrownBy(() -> new FleetSecret("too-short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tocsin agents keygen")
        .hasMessageNotContaining("too-short");
  }

  @Test
  void anIdThatNoResourceCouldHaveGetsNoKey() {
    FleetSecret secret = new FleetSecret(TEXT);

    assertThatThrownBy(() -> secret.keyOf("Web 1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> secret.keyOf("")).isInstanceOf(IllegalArgumentException.class);
  }
}
