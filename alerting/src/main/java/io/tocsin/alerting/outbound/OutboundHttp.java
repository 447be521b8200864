package io.tocsin.alerting.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Calls to receivers and hooks on other machines. Destinations come from the operator's
 * configuration alone; an implementation refuses those that lead where they must not (loopback,
 * link-local, metadata, private unless allowed), decides by the very address that it then connects
 * to, and follows no redirect. Thread-safe.
 */
public interface OutboundHttp extends AutoCloseable {

  /**
   * One request.
   *
   * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}
   * @param uri of scheme http or https, without user information
   * @param headers names and values without line breaks
   * @param body empty for none
   * @param contentType of the body
   * @param timeout for all of it, connecting included
   */
  record Call(
      String method,
      URI uri,
      Map<String, String> headers,
      byte[] body,
      String contentType,
      Duration timeout) {

    /** Copies the headers. */
    public Call {
      headers = Map.copyOf(headers);
    }
  }

  /** What came of a call. */
  sealed interface Answer {

    /**
     * The other side answered.
     *
     * @param status of HTTP; redirects are answers like others
     * @param retryAfter what the header {@code Retry-After} asks for, as a time from now, within
     *     reason; null where it says nothing
     * @param body the first 4 KiB as text
     */
    record Answered(int status, Duration retryAfter, String body) implements Answer {}

    /** It did not, or not in time. */
    record Unreachable(String reason) implements Answer {}

    /** Nothing was sent, because the destination is not allowed. */
    record Forbidden(String reason) implements Answer {}
  }

  /**
   * Makes a call and waits for what comes of it.
   *
   * @throws InterruptedException if the caller stops waiting
   */
  Answer send(Call call) throws InterruptedException;

  @Override
  default void close() {}
}
