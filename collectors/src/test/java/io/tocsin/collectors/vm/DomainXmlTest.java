package io.tocsin.collectors.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DomainXmlTest {

  private static DomainXml parse(String inDomain) throws Exception {
    return DomainXml.parse("domain x", "<domain type='kvm'>" + inDomain + "</domain>");
  }

  @Test
  void whatIsTakenIsFoundAtItsPlace() throws Exception {
    DomainXml xml =
        parse(
            """
            <name>x</name>
            <memoryBacking><hugepages><page size='2048' unit='KiB'/></hugepages></memoryBacking>
            <vcpu placement='static' current='2'> 4 </vcpu>
            <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><boot dev='hd'/></os>
            <devices><memballoon model='virtio'><stats period='10'/></memballoon></devices>
            """);

    assertThat(xml).isEqualTo(new DomainXml("hvm", "pc-q35-7.2", 4, true, true, 10));
  }

  @Test
  void theSameWordsInMetadataCountForNothing() throws Exception {
    DomainXml xml =
        parse(
            """
            <metadata><os><type>evil</type></os><hugepages/><memballoon/>
            <a><b><c><d><e/></d></c></b></a></metadata>
            <os><type>hvm</type></os><devices><memballoon model='none'/></devices>
            """);

    assertThat(xml).isEqualTo(new DomainXml("hvm", "", 0, false, false, 0));
  }

  @Test
  @Timeout(30)
  void deepNestingCostsNothing() throws Exception {
    int depth = 200_000;
    String deep = "<m>".repeat(depth) + "</m>".repeat(depth);

    assertThat(parse("<metadata>" + deep + "</metadata><vcpu>2</vcpu>").vcpus()).isEqualTo(2);
  }

  @Test
  void entitiesAreNotExpandedNorFilesRead() {
    String xml =
        "<!DOCTYPE d [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
            + "<domain><os><type>&f;</type></os></domain>";

    assertThatThrownBy(() -> DomainXml.parse("domain x", xml)).hasMessageContaining("domain x");
  }

  @Test
  void whatIsTooLongIsNotParsed() {
    assertThatThrownBy(() -> DomainXml.parse("domain x", " ".repeat(DomainXml.LONGEST + 1)))
        .hasMessageContaining("longer than");
  }
}
