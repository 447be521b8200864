package io.tocsin.collectors.app.receiver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * What is answered to a request.
 *
 * @param contentType media type; null where there is no body
 * @param body empty where there is none
 */
record Answer(int status, String contentType, byte[] body) {

  static final Answer NO_CONTENT = new Answer(204, null, new byte[0]);

  static Answer json(int status, ObjectNode body) {
    return json(status, "application/json", body);
  }

  static Answer json(int status, String contentType, ObjectNode body) {
    return new Answer(status, contentType, body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
