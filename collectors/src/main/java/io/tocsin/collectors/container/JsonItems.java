package io.tocsin.collectors.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Reads the JSON answers of managers item by item, so that memory is needed for one item at a time,
 * and for no more of it than makes sense.
 */
final class JsonItems {

  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A pod of a hundred containers has some ten thousand values. */
  private static final int MOST_VALUES = 50_000;

  /** Takes an item. */
  @FunctionalInterface
  interface Taker {
    void take(JsonNode item) throws CollectorException;
  }

  private final JsonParser parser;
  private int values;

  private JsonItems(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Hands out the items of a list, which is the whole answer or its field {@code items}.
   *
   * @param where for problems
   * @throws CollectorException if the answer is no such list, or is cut short; what was handed out
   *     before must not be used then
   */
  static void each(InputStream body, String where, Taker taker) throws CollectorException {
    read(
        body,
        where,
        items -> {
          if (!items.atList()) {
            throw new CollectorException(Reason.MALFORMED, where, "the answer is no list");
          }
          while (items.parser.nextToken() != JsonToken.END_ARRAY) {
            items.values = 0;
            taker.take(items.value());
          }
        });
  }

  /** The one object that is the answer. */
  static JsonNode one(InputStream body, String where) throws CollectorException {
    JsonNode[] one = new JsonNode[1];
    read(
        body,
        where,
        items -> {
          items.parser.nextToken();
          one[0] = items.value();
        });
    return one[0];
  }

  @FunctionalInterface
  private interface Reading {
    void read(JsonItems items) throws IOException, CollectorException;
  }

  private static void read(InputStream body, String where, Reading reading)
      throws CollectorException {
    try (JsonParser parser = JSON.createParser(body)) {
      reading.read(new JsonItems(parser));
    } catch (BoundedBody.OverBound over) {
      throw new CollectorException(over.reason(), where, over.getMessage());
    } catch (InterruptedIOException slow) {
      throw new CollectorException(Reason.DEADLINE, where, "the answer does not end in time");
    } catch (JsonEOFException cutShort) {
      throw new CollectorException(Reason.TRUNCATED, where, "the answer ends in the middle");
    } catch (TooLarge large) {
      throw new CollectorException(Reason.OVER_LIMIT, where, large.getOriginalMessage());
    } catch (JsonProcessingException nonsense) {
      throw new CollectorException(Reason.MALFORMED, where, "the answer is no JSON");
    } catch (IOException failed) {
      throw new CollectorException(
          Reason.UNREADABLE, where, Words.clean("the answer broke off: " + failed, 300));
    }
  }

  private static final class TooLarge extends JsonProcessingException {

    private static final long serialVersionUID = 1L;

    private TooLarge() {
      super("an item has more than " + MOST_VALUES + " values");
    }
  }

  private boolean atList() throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      return first == JsonToken.START_ARRAY;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isList = parser.currentName().equals("items");
      JsonToken value = parser.nextToken();
      if (isList) {
        return value == JsonToken.START_ARRAY;
      }
      parser.skipChildren();
    }
    return false;
  }

  private JsonNode value() throws IOException {
    if (++values > MOST_VALUES) {
      throw new TooLarge();
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonEOFException(parser, JsonToken.NOT_AVAILABLE, "nothing");
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new JsonEOFException(parser, token, "nothing");
    };
  }

  private JsonNode integer() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? NODES.nullNode()
        : NODES.numberNode(parser.getLongValue());
  }

  private ObjectNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.set(name, value());
    }
    return object;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }
}
