package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KernelNamesProperties {

  @Property
  void whatTheKernelEscapesComesBackAsItWas(@ForAll byte[] bytes) {
    String name = new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "");

    assertThat(KernelNames.unescape(escapedByTheKernel(name))).isEqualTo(name);
  }

  @Property
  void whatIsShownCanBeToldApartAndReadByAnybody(@ForAll byte[] one, @ForAll byte[] other) {
    String shown = KernelNames.shown(new String(one, StandardCharsets.ISO_8859_1));

    assertThat(shown.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    assertThat(shown.equals(KernelNames.shown(new String(other, StandardCharsets.ISO_8859_1))))
        .isEqualTo(Arrays.equals(one, other));
  }

  @Property
  void ordinaryTextIsShownAsItIs(@ForAll String text) {
    String ordinary = text.replaceAll("[^\\p{L}\\p{N} /._-]", "");
    byte[] bytes = ordinary.getBytes(StandardCharsets.UTF_8);

    assertThat(KernelNames.shown(new String(bytes, StandardCharsets.ISO_8859_1)))
        .isEqualTo(ordinary);
  }

  @Example
  void whatIsNoCompleteEscapeStays() {
    assertThat(KernelNames.unescape("\\04")).isEqualTo("\\04");
    assertThat(KernelNames.unescape("\\090")).isEqualTo("\\090");
    assertThat(KernelNames.unescape("\\777")).isEqualTo("\\777");
    assertThat(KernelNames.unescape("\\000")).as("no path holds a zero").isEqualTo("\\000");
    assertThat(KernelNames.unescape("\\")).isEqualTo("\\");
  }

  @Example
  void aTabAndWhatATabIsWrittenAsAreTwoThings() {
    assertThat(KernelNames.shown("a\tb")).isEqualTo("a\\011b");
    assertThat(KernelNames.shown("a\\011b")).isEqualTo("a\\134011b");
  }

  private static String escapedByTheKernel(String name) {
    StringBuilder escaped = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (" \t\n#\\".indexOf(c) >= 0) {
        escaped.append('\\').append(String.format("%03o", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
