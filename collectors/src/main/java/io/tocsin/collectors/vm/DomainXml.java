package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What is taken from a domain's XML (<a
 * href="https://libvirt.org/formatdomain.html">formatdomain.html</a>).
 *
 * @param osType {@code hvm}, {@code linux} and the like; empty where it is not given
 * @param machine machine type, such as {@code pc-q35-7.2}; empty where it is not given
 * @param vcpus how many virtual CPUs it may have; 0 where it is not given
 * @param hugePages whether its memory is backed by huge pages
 * @param balloon whether it has a memory balloon
 * @param statsPeriod how often the balloon's driver reports memory, in seconds; 0 for never
 */
record DomainXml(
    String osType, String machine, int vcpus, boolean hugePages, boolean balloon, int statsPeriod) {

  /** Domains with hundreds of devices have some 200 KiB. */
  static final int LONGEST = 4 * 1024 * 1024;

  private static final int LONGEST_WORD = 100;

  /** Nothing that is taken lies deeper. */
  private static final int DEEPEST = 4;

  /**
   * Parses.
   *
   * @param where for people, the domain
   * @throws CollectorException if it is too long or no XML
   */
  static DomainXml parse(String where, String xml) throws CollectorException {
    if (xml.length() > LONGEST) {
      throw new CollectorException(
          Reason.OVER_LIMIT, where, "its XML is longer than " + LONGEST + " characters");
    }
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | RuntimeException notXml) {
      throw new CollectorException(Reason.MALFORMED, where, "libvirt's XML of it cannot be read");
    }
  }

  private static DomainXml read(XMLStreamReader reader) throws XMLStreamException {
    String osType = "";
    String machine = "";
    int vcpus = 0;
    boolean hugePages = false;
    boolean balloon = false;
    int period = 0;
    StringBuilder path = new StringBuilder();
    int depth = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT && ++depth <= DEEPEST) {
        path.append('/').append(reader.getLocalName());
        // Only what hangs at its place counts: metadata may hold anything.
        switch (path.toString()) {
          case "/domain/os/type" -> {
            machine = word(reader.getAttributeValue(null, "machine"));
            osType = word(reader.getElementText());
            depth--;
            path.setLength(path.lastIndexOf("/"));
          }
          case "/domain/vcpu" -> {
            vcpus = number(reader.getElementText());
            depth--;
            path.setLength(path.lastIndexOf("/"));
          }
          case "/domain/memoryBacking/hugepages" -> hugePages = true;
          case "/domain/devices/memballoon" ->
              balloon = !"none".equals(reader.getAttributeValue(null, "model"));
          case "/domain/devices/memballoon/stats" ->
              period = number(reader.getAttributeValue(null, "period"));
          default -> {
            // not asked for
          }
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && depth-- <= DEEPEST) {
        path.setLength(path.lastIndexOf("/"));
      }
    }
    return new DomainXml(osType, machine, vcpus, hugePages, balloon, period);
  }

  private static String word(String text) {
    return text == null ? "" : Text.clean(text.strip(), LONGEST_WORD);
  }

  private static int number(String text) {
    try {
      return text == null ? 0 : Math.max(0, Integer.parseInt(text.strip()));
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }
}
