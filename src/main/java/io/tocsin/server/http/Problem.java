package io.tocsin.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * An error as RFC 9457 writes it.
 *
 * @param type always {@code about:blank}: the title says what the status says
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong with this request, and what would be right
 * @param problems the same, a line for each thing that was wrong; empty if there is no more to say
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<String> problems) {

  /** Its media type. */
  public static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail, List<String> problems) {
    return new Problem("about:blank", title, status, detail, problems);
  }
}
