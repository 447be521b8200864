package io.tocsin.collectors.app.receiver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What an endpoint gets to see of a request.
 *
 * @param query of the URL, still encoded; may be null
 * @param contentType media type in lower case without parameters; empty if not given
 * @param body the bytes, of which the first {@code length} count
 */
record Request(String query, String contentType, byte[] body, int length) {

  /** A parameter of the query; null if it is not there. */
  String parameter(String name) {
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals == name.length() && pair.startsWith(name)) {
        try {
          return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          return pair.substring(equals + 1);
        }
      }
    }
    return null;
  }
}
