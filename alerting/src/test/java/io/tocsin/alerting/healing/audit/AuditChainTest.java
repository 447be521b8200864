package io.tocsin.alerting.healing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.schemas.AuditEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditChainTest {

  private final List<AuditEntry> chain = Chains.of(6);

  private static AuditVerdict verify(List<AuditEntry> entries, AuditHead known) {
    AuditCheck check = new AuditCheck(known);
    entries.forEach(check::see);
    return check.verdict();
  }

  @Test
  void aChainAsItWasWrittenIsGood() {
    assertThat(AuditChain.verify(chain))
        .isEqualTo(new AuditVerdict.Good(1, AuditChain.headOf(chain.get(5)), ""));
  }

  @Test
  void noEntryAtAllIsAGoodChain() {
    assertThat(AuditChain.verify(List.of()))
        .isEqualTo(new AuditVerdict.Good(0, AuditHead.NONE, ""));
  }

  @Test
  void whatRetentionHasCutOffIsSaidAndNoFault() {
    assertThat(AuditChain.verify(chain.subList(2, 6)))
        .isEqualTo(new AuditVerdict.Good(3, AuditChain.headOf(chain.get(5)), ""));
  }

  @Test
  void aCutEndShowsAgainstAHeadKeptElsewhere() {
    AuditVerdict verdict = verify(chain.subList(0, 4), AuditChain.headOf(chain.get(5)));
    assertThat(verdict).isInstanceOf(AuditVerdict.Broken.class);
    assertThat(verdict.toString()).contains("entry 6 was there once");
  }

  @Test
  void aChainWrittenAnewShowsAgainstAHeadKeptElsewhere() {
    List<AuditEntry> other = Chains.sealed(Chains.drafts(6, "another reason"));
    assertThat(AuditChain.verify(other)).isInstanceOf(AuditVerdict.Good.class);
    assertThat(verify(other, AuditChain.headOf(chain.get(3))))
        .isInstanceOf(AuditVerdict.Broken.class)
        .extracting(verdict -> ((AuditVerdict.Broken) verdict).sequence())
        .isEqualTo(4L);
  }

  @Test
  void aHeadThatIsOlderThanTheRetentionIsSaidToBeOfNoUse() {
    AuditVerdict verdict = verify(chain.subList(3, 6), AuditChain.headOf(chain.get(1)));
    assertThat(((AuditVerdict.Good) verdict).note()).contains("older than what is retained");
  }

  @Test
  void aHeadIsReadBackFromItsText() {
    AuditHead head = AuditChain.headOf(chain.get(5));
    assertThat(AuditHead.parse(" " + head + "\n")).isEqualTo(head);
    for (String wrong : List.of("", "6", "6:abc", "x:" + head.hash(), "-1:" + head.hash())) {
      assertThatThrownBy(() -> AuditHead.parse(wrong)).hasMessageContaining("SEQ:HASH");
    }
  }
}
