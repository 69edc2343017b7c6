package io.clawlive.server.platform.grpc;

import com.google.protobuf.Message;

/** Reads a field of a request by the path that an option of the contract names. */
public final class RequestFields {
  private RequestFields() {}

  /**
   * The string at a path such as {@code open.stream_id}; empty when the field or a message on the
   * way is unset.
   *
   * @throws IllegalStateException when the request has no such field, a fault of the contract that
   *     a test finds
   */
  public static String read(Message request, String path) {
    Message message = request;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length; i++) {
      var field = message.getDescriptorForType().findFieldByName(names[i]);
      if (field == null) {
        throw new IllegalStateException(
            request.getDescriptorForType().getFullName() + " has no field " + path);
      }
      if (i == names.length - 1) {
        return (String) message.getField(field);
      }
      message = (Message) message.getField(field);
    }
    throw new IllegalStateException("empty path");
  }
}
