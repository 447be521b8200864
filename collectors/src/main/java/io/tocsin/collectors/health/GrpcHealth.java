package io.tocsin.collectors.health;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code grpc.health.v1.Health/Check} of the gRPC health checking protocol: the request holds a
 * service name, the answer a serving status, each as its field 1.
 */
final class GrpcHealth {

  /** The server itself does not know. */
  static final int UNKNOWN = 0;

  static final int SERVING = 1;
  static final int NOT_SERVING = 2;
  static final int SERVICE_UNKNOWN = 3;

  /** No answer of the protocol is longer than a few bytes. */
  static final int LONGEST_ANSWER = 64 * 1024;

  static final MethodDescriptor<String, Integer> CHECK =
      MethodDescriptor.<String, Integer>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("grpc.health.v1.Health/Check")
          .setRequestMarshaller(new ServiceName())
          .setResponseMarshaller(new ServingStatus())
          .build();

  private static final int FIELD = 1;

  private GrpcHealth() {}

  /** The request; {@code parse} is there for servers. */
  private static final class ServiceName implements MethodDescriptor.Marshaller<String> {

    @Override
    public InputStream stream(String service) {
      byte[] bytes = new byte[CodedOutputStream.computeStringSize(FIELD, service)];
      try {
        CodedOutputStream.newInstance(bytes).writeString(FIELD, service);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public String parse(InputStream stream) {
      String service = "";
      try {
        CodedInputStream in = CodedInputStream.newInstance(stream);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          if (tag == (FIELD << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
            service = in.readStringRequireUtf8();
          } else {
            in.skipField(tag);
          }
        }
        return service;
      } catch (IOException e) {
        throw malformed(e);
      }
    }
  }

  /** The answer; {@code stream} is there for servers. */
  private static final class ServingStatus implements MethodDescriptor.Marshaller<Integer> {

    @Override
    public InputStream stream(Integer status) {
      byte[] bytes = new byte[CodedOutputStream.computeEnumSize(FIELD, status)];
      try {
        CodedOutputStream.newInstance(bytes).writeEnum(FIELD, status);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public Integer parse(InputStream stream) {
      int status = UNKNOWN;
      try {
        CodedInputStream in = CodedInputStream.newInstance(stream);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          if (tag == (FIELD << 3 | WireFormat.WIRETYPE_VARINT)) {
            status = in.readEnum();
          } else {
            in.skipField(tag);
          }
        }
        return status;
      } catch (IOException e) {
        throw malformed(e);
      }
    }
  }

  private static RuntimeException malformed(IOException cause) {
    return Status.INTERNAL
        .withDescription("malformed message: " + cause.getMessage())
        .asRuntimeException();
  }
}
