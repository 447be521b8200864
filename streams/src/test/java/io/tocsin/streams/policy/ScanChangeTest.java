package io.tocsin.streams.policy;

import static io.tocsin.schemas.Examples.NOON;
import static io.tocsin.streams.policy.Events.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.ImageFindings;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SevereFinding;
import org.junit.jupiter.api.Test;

class ScanChangeTest {

  private static SecurityEvent incomplete(SecurityEvent.Builder scan) {
    scan.getScan().setIsComplete(false);
    return scan.build();
  }

  @Test
  void atTheFirstScanEverythingIsNewAndNothingIsFixed() {
    ImageFindings change =
        ScanChange.between(null, scan("shop:1", NOON, "CRITICAL CVE-1", "HIGH CVE-2").build());

    assertThat(change.getNewCritical()).isEqualTo(1);
    assertThat(change.getNewHigh()).isEqualTo(1);
    assertThat(change.getPreviousScanAt()).isNull();
    assertThat(change.getFixed()).isNull();
  }

  @Test
  void laterOnlyTheDifferenceCounts() {
    ImageFindings change =
        ScanChange.between(
            scan("shop:1", NOON, "CRITICAL CVE-1", "HIGH CVE-2").build(),
            scan("shop:1", NOON.plusSeconds(60), "HIGH CVE-2", "HIGH CVE-3").build());

    assertThat(change.getNewFindings()).extracting(SevereFinding::getName).containsExactly("CVE-3");
    assertThat(change.getFixedFindings())
        .extracting(SevereFinding::getName)
        .containsExactly("CVE-1");
    assertThat(change.getFixed()).isEqualTo(1);
    assertThat(change.getTotals().getCritical()).isEqualTo(1);
  }

  @Test
  void anIncompleteScanFixesNothingAndMakesNothingNewLater() {
    SecurityEvent first = scan("shop:1", NOON, "CRITICAL CVE-1", "HIGH CVE-2").build();
    SecurityEvent cut = incomplete(scan("shop:1", NOON.plusSeconds(60), "HIGH CVE-2"));
    SecurityEvent third =
        scan("shop:1", NOON.plusSeconds(120), "CRITICAL CVE-1", "HIGH CVE-2").build();

    assertThat(ScanChange.between(first, cut).getFixed()).isNull();
    assertThat(ScanChange.between(ScanChange.baseline(first, cut), third).getNewFindings())
        .isEmpty();
  }

  @Test
  void theListsAreBoundedAndTheCountsAreNot() {
    String[] many = new String[ScanChange.LISTED + 50];
    for (int i = 0; i < many.length; i++) {
      many[i] = "CRITICAL CVE-" + i;
    }

    ImageFindings change = ScanChange.between(null, scan("shop:1", NOON, many).build());

    assertThat(change.getNewCritical()).isEqualTo(many.length);
    assertThat(change.getNewFindings()).hasSize(ScanChange.LISTED);
  }
}
