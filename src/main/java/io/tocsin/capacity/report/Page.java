package io.tocsin.capacity.report;

import io.tocsin.alerting.healing.execute.PlainText;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * HTML in its XML spelling, written by the JDK's writer: every text and attribute is escaped by it,
 * so that nothing from outside can become markup. It has no way to write text as it is.
 */
final class Page {

  /** Longer names are cut: they would only break the layout. */
  private static final int LONGEST_TEXT = 2_000;

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  Page() {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeDTD("<!DOCTYPE html>");
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Begins an element; attributes as name, value, name, value. */
  Page open(String name, String... attributes) {
    try {
      xml.writeStartElement(name);
      for (int i = 0; i < attributes.length; i += 2) {
        xml.writeAttribute(attributes[i], PlainText.head(attributes[i + 1], LONGEST_TEXT));
      }
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  /** A line or an area, however long. */
  Page path(String kind, String numbers) {
    try {
      xml.writeStartElement("path");
      xml.writeAttribute("class", kind);
      xml.writeAttribute("d", numbers);
      xml.writeEndElement();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  /** An element that never has anything in it, such as {@code meta}. */
  Page empty(String name, String... attributes) {
    try {
      xml.writeEmptyElement(name);
      for (int i = 0; i < attributes.length; i += 2) {
        xml.writeAttribute(attributes[i], PlainText.head(attributes[i + 1], LONGEST_TEXT));
      }
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  Page close() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  /** Text of one line. */
  Page text(String content) {
    try {
      xml.writeCharacters(PlainText.head(content, LONGEST_TEXT));
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return this;
  }

  /** Text with its lines, such as a derivation or our own style sheet. */
  Page lines(String content) {
    for (String line : content.lines().toList()) {
      int indent = line.length() - line.stripLeading().length();
      try {
        xml.writeCharacters(" ".repeat(indent) + PlainText.head(line, LONGEST_TEXT) + "\n");
      } catch (XMLStreamException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return this;
  }

  /** An element with nothing but text in it. */
  Page element(String name, String content, String... attributes) {
    return open(name, attributes).text(content).close();
  }

  String finish() {
    try {
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text + "\n";
  }
}
