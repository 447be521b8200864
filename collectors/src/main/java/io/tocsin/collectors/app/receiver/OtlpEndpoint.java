package io.tocsin.collectors.app.receiver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.tocsin.collectors.app.figure.Malformed;
import io.tocsin.collectors.app.otlp.OtlpFigures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * OTLP over HTTP, metrics. A request of which some points are not accepted is a partial success
 * (200), as the protocol wants it; an answer has the encoding of its request.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
final class OtlpEndpoint implements Endpoint {

  static final String PROTOBUF = "application/x-protobuf";
  static final String JSON = "application/json";

  @Override
  public Set<String> contentTypes() {
    return Set.of(PROTOBUF, JSON);
  }

  /** Points as objects take several times the bytes, so that JSON gets half of protobuf. */
  @Override
  public int bodyLimit(String contentType) {
    return contentType.equals(JSON) ? 2 * 1024 * 1024 : 4 * 1024 * 1024;
  }

  /** One request at a time, for the sake of memory. */
  @Override
  public synchronized Answer take(Request request, FigureQueue.Intake intake, Rejections rejections)
      throws Malformed {
    boolean json = request.contentType().equals(JSON);
    String[] first = new String[1];
    OtlpFigures figures =
        new OtlpFigures(
            intake::add,
            what -> {
              first[0] = first[0] == null ? what : first[0];
              rejections.add(what);
            });
    figures.read(json ? parseJson(request) : parseProtobuf(request));
    ExportMetricsServiceResponse.Builder answer = ExportMetricsServiceResponse.newBuilder();
    if (rejections.count() > 0) {
      answer.setPartialSuccess(
          ExportMetricsPartialSuccess.newBuilder()
              .setRejectedDataPoints(rejections.count())
              .setErrorMessage("the first of them: " + first[0]));
    }
    return json
        ? new Answer(200, JSON, print(answer.build()))
        : new Answer(200, PROTOBUF, answer.build().toByteArray());
  }

  private static ExportMetricsServiceRequest parseProtobuf(Request request) throws Malformed {
    try {
      return ExportMetricsServiceRequest.parseFrom(
          ByteBuffer.wrap(request.body(), 0, request.length()));
    } catch (InvalidProtocolBufferException e) {
      throw new Malformed("the body is no ExportMetricsServiceRequest");
    }
  }

  private static ExportMetricsServiceRequest parseJson(Request request) throws Malformed {
    ExportMetricsServiceRequest.Builder builder = ExportMetricsServiceRequest.newBuilder();
    try {
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(request.body(), 0, request.length(), StandardCharsets.UTF_8), builder);
    } catch (InvalidProtocolBufferException | StackOverflowError e) {
      // The JSON library under it recurses, so that a body of brackets is too deep for it.
      throw new Malformed("the body is no ExportMetricsServiceRequest in JSON");
    }
    return builder.build();
  }

  private static byte[] print(ExportMetricsServiceResponse answer) {
    try {
      return JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .print(answer)
          .getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A {@code google.rpc.Status}: code (1) and message (2). */
  @Override
  public Answer refusal(int status, String why, String contentType) {
    int code =
        switch (status) {
          case 401 -> 16;
          case 403 -> 7;
          case 413, 429 -> 8;
          case 500 -> 13;
          default -> 3;
        };
    if (contentType.equals(JSON)) {
      return Answer.json(
          status, JsonNodeFactory.instance.objectNode().put("code", code).put("message", why));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeInt32(1, code);
      out.writeString(2, why);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(status, PROTOBUF, bytes.toByteArray());
  }
}
