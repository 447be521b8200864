package io.tocsin.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

  @Test
  void isReadAsItIsWrittenAndNeverTheSameTwice() {
    Set<String> secrets = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      TokenText token = TokenText.random();
      assertThat(TokenText.parse(token.text())).hasValue(token);
      assertThat(token.text()).matches("tocsin_[0-9a-f]{16}_[A-Za-z0-9_-]{43}");
      secrets.add(token.id());
      secrets.add(token.secret());
    }
    assertThat(secrets).hasSize(400);
  }

  @Test
  void onlyItsOwnHashMatches() {
    TokenText token = TokenText.random();
    assertThat(token.hash()).matches("[0-9a-f]{64}");
    assertThat(token.matches(token.hash())).isTrue();
    assertThat(token.matches(TokenText.random().hash())).isFalse();
    assertThat(token.matches("")).isFalse();
  }

  /** FIPS 180-4's example, so that another program can make records that hold. */
  @Test
  void theHashIsTheSha256OfTheSecretInHexadecimal() {
    assertThat(new TokenText("", "abc").hash())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aLogNeverHasTheSecret() {
    TokenText token = TokenText.random();
    assertThat(token.toString()).contains(token.id()).doesNotContain(token.secret());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "tocsin_",
        "tocsin_0123456789abcdef_",
        "tocsin_0123456789ABCDEF_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "tocsin_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        " tocsin_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatHasAnotherShapeIsNone(String shown) {
    assertThat(TokenText.parse(shown)).isEmpty();
  }
}
