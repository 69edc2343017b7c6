package io.clawlive.server.platform.web.rest;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the contract says of its parts in words, by their full names. */
final class Comments {
  private static final String CONTRACT = "/clawlive/contract.binpb";
  private static final String OURS = "clawlive.";

  private final Map<String, String> comments = new HashMap<>();
  private Map<List<Integer>, String> file = Map.of();

  private Comments() {}

  /** The comments of the contract that is built into this program. */
  static Comments load() {
    var comments = new Comments();
    try (InputStream in = Comments.class.getResourceAsStream(CONTRACT)) {
      for (FileDescriptorProto file :
          FileDescriptorSet.parseFrom(Objects.requireNonNull(in)).getFileList()) {
        if (file.getPackage().startsWith(OURS)) {
          comments.take(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return comments;
  }

  /** The comment of a part in one line; empty when it has none. */
  String of(String fullName) {
    return comments.getOrDefault(fullName, "");
  }

  /** The first sentence of a comment, without its full stop. */
  String summary(String fullName) {
    String whole = of(fullName);
    int end = whole.indexOf(". ");
    return end < 0 ? whole.replaceAll("[.]$", "") : whole.substring(0, end);
  }

  private void take(FileDescriptorProto proto) {
    file = new HashMap<>();
    for (Location location : proto.getSourceCodeInfo().getLocationList()) {
      if (location.hasLeadingComments()) {
        file.put(location.getPathList(), paragraphs(location.getLeadingComments()));
      }
    }
    String outer = proto.getPackage();
    for (int i = 0; i < proto.getMessageTypeCount(); i++) {
      take(proto.getMessageType(i), outer, List.of(4, i));
    }
    for (int i = 0; i < proto.getEnumTypeCount(); i++) {
      take(proto.getEnumType(i), outer, List.of(5, i));
    }
    for (int i = 0; i < proto.getServiceCount(); i++) {
      var service = proto.getService(i);
      String name = keep(outer, service.getName(), List.of(6, i));
      for (int j = 0; j < service.getMethodCount(); j++) {
        keep(name, service.getMethod(j).getName(), List.of(6, i, 2, j));
      }
    }
  }

  private void take(DescriptorProto message, String outer, List<Integer> path) {
    String name = keep(outer, message.getName(), path);
    for (int i = 0; i < message.getFieldCount(); i++) {
      keep(name, message.getField(i).getName(), child(path, 2, i));
    }
    for (int i = 0; i < message.getNestedTypeCount(); i++) {
      take(message.getNestedType(i), name, child(path, 3, i));
    }
    for (int i = 0; i < message.getEnumTypeCount(); i++) {
      take(message.getEnumType(i), name, child(path, 4, i));
    }
  }

  private void take(EnumDescriptorProto type, String outer, List<Integer> path) {
    String name = keep(outer, type.getName(), path);
    for (int i = 0; i < type.getValueCount(); i++) {
      // Protobuf names a value beside its enum; here it stands in it.
      keep(name, type.getValue(i).getName(), child(path, 2, i));
    }
  }

  private String keep(String outer, String name, List<Integer> path) {
    String fullName = outer + "." + name;
    String comment = file.get(path);
    if (comment != null) {
      comments.put(fullName, comment);
    }
    return fullName;
  }

  private static List<Integer> child(List<Integer> path, int kind, int index) {
    List<Integer> child = new ArrayList<>(path);
    child.add(kind);
    child.add(index);
    return child;
  }

  /** Lines of a paragraph become one; paragraphs stay apart. */
  private static String paragraphs(String comment) {
    return comment
        .strip()
        .replaceAll("\\n[ \\t]*\\n", "\u0000")
        .replaceAll("\\s+", " ")
        .replace("\u0000", "\n\n");
  }
}
