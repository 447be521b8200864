package io.tocsin.collectors.app.mapping;

import io.tocsin.schemas.Meaning;
import java.util.List;
import java.util.Map;

/**
 * What well-known metrics mean. They come after the operator's own rules.
 *
 * <p>A duration is counted as requests too only where its source shows no counter of requests
 * beside it, or each request would be counted twice.
 */
public final class DefaultRules {

  private static final Map<String, String> STATUS =
      Map.of("code", "5??|5xx", "status", "5??|5xx", "status_code", "5??|5xx");

  /**
   * What counts as an error of the server in OpenTelemetry's conventions for gRPC: UNKNOWN,
   * DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS.
   */
  private static final Map<String, String> GRPC =
      Map.of(
          "grpc_code", "Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss",
          "rpc.grpc.status_code", "2|4|12|13|14|15",
          "rpc_grpc_status_code", "2|4|12|13|14|15");

  private static final Map<String, String> OTEL_STATUS =
      Map.of(
          "http.response.status_code", "5??",
          "http_response_status_code", "5??",
          "http.status_code", "5??",
          "http_status_code", "5??");

  /** In order; the first that matches holds. */
  public static final List<MappingRule> ALL =
      List.of(
          // OpenTelemetry, by OTLP and as its Prometheus exporter writes the names
          timed("http.server.request.duration|http_server_request_duration_seconds", OTEL_STATUS),
          timed("http.server.duration|http_server_duration_milliseconds", OTEL_STATUS),
          timed("rpc.server.duration|rpc_server_duration_milliseconds", GRPC),
          // Micrometer: Spring Boot, Quarkus
          timed("http_server_requests_seconds|http.server.requests", STATUS),
          // Prometheus client libraries and exporters
          requests("http_requests_total|http_server_requests_total", STATUS),
          duration("http_request_duration_seconds|http_response_time_seconds"),
          requests("grpc_server_handled_total", GRPC),
          duration("grpc_server_handling_seconds"),
          requests("istio_requests_total", Map.of("response_code", "5??")),
          duration("istio_request_duration_milliseconds"),
          requests("nginx_ingress_controller_requests", STATUS),
          duration("nginx_ingress_controller_request_duration_seconds"),
          requests("nginx_http_requests_total", Map.of()),
          requests("traefik_service_requests_total", STATUS),
          duration("traefik_service_request_duration_seconds"),
          requests("haproxy_backend_http_requests_total", Map.of()),
          MappingRule.of(
              "haproxy_backend_http_responses_total",
              Map.of("code", "5xx"),
              Meaning.ERRORS,
              null,
              Map.of(),
              false),
          duration("haproxy_backend_response_time_average_seconds"),
          // Telegraf
          MappingRule.of(
              "http_response_response_time",
              Map.of(),
              Meaning.RESPONSE_TIME,
              "s",
              Map.of(),
              false));

  private DefaultRules() {}

  private static MappingRule requests(String metric, Map<String, String> errorsWhen) {
    return MappingRule.of(metric, Meaning.REQUESTS, errorsWhen);
  }

  private static MappingRule duration(String metric) {
    return MappingRule.of(metric, Meaning.RESPONSE_TIME, Map.of());
  }

  private static MappingRule timed(String metric, Map<String, String> errorsWhen) {
    return MappingRule.of(metric, Map.of(), Meaning.RESPONSE_TIME, null, errorsWhen, true);
  }
}
