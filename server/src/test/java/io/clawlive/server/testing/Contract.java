package io.clawlive.server.testing;

import build.buf.validate.ValidateProto;
import com.google.api.AnnotationsProto;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.ExtensionRegistry;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.policy.v1.PolicyProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The contract as it is built into the jar, comments and all. */
public final class Contract {
  private static final Map<String, FileDescriptor> FILES = load();

  private Contract() {}

  /** The contract's own files. */
  public static List<FileDescriptor> files() {
    return FILES.values().stream().filter(f -> f.getPackage().startsWith("clawlive.")).toList();
  }

  /** Every RPC. */
  public static List<MethodDescriptor> rpcs() {
    return files().stream()
        .flatMap(file -> file.getServices().stream())
        .flatMap(service -> service.getMethods().stream())
        .toList();
  }

  /** The name an RPC is called by. */
  public static String path(MethodDescriptor rpc) {
    return rpc.getService().getFullName() + "/" + rpc.getName();
  }

  private static Map<String, FileDescriptor> load() {
    var options = ExtensionRegistry.newInstance();
    PolicyProto.registerAllExtensions(options);
    ErrorReasonProto.registerAllExtensions(options);
    ValidateProto.registerAllExtensions(options);
    FieldBehaviorProto.registerAllExtensions(options);
    AnnotationsProto.registerAllExtensions(options);
    var files = new LinkedHashMap<String, FileDescriptor>();
    try (var in = Contract.class.getResourceAsStream("/clawlive/contract.binpb")) {
      // Files come after those they import.
      for (FileDescriptorProto file :
          FileDescriptorSet.parseFrom(Objects.requireNonNull(in), options).getFileList()) {
        FileDescriptor[] imports =
            file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
        files.put(file.getName(), FileDescriptor.buildFrom(file, imports));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }
}
