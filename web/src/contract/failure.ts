import { Code, ConnectError } from '@connectrpc/connect';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** A refused or broken call, in the words of the server. */
export interface Failure {
  code: Code;
  /** Reason of the contract's table, such as SESSION_NOT_FOUND; empty when the server gave none. */
  reason: string;
  message: string;
  /** What is wrong with which field of the request, by its path such as spec.memory_mb. */
  fields?: readonly FieldProblem[];
  /** What the refusal tells beside its reason, such as the name of a variable. */
  facts?: ReadonlyMap<string, string>;
}

export interface FieldProblem {
  field: string;
  message: string;
}

export function failureOf(cause: unknown): Failure {
  const error = ConnectError.from(cause);
  const failure: Failure = { code: error.code, reason: '', message: error.rawMessage };
  for (const detail of error.details) {
    if (!('type' in detail)) continue;
    if (detail.type === 'google.rpc.ErrorInfo') {
      const info = fieldsOf(detail.value);
      failure.reason = info.text(1);
      failure.facts = new Map(info.parts(3).map((entry) => [entry.text(1), entry.text(2)]));
    } else if (detail.type === 'google.rpc.BadRequest') {
      failure.fields = fieldsOf(detail.value).parts(1).map((violation) => ({ field: violation.text(1), message: violation.text(2) }));
    }
  }
  return failure;
}

/** Whether asking the same again later cannot help. */
export function isFinal(failure: Failure): boolean {
  switch (failure.code) {
    case Code.NotFound:
    case Code.PermissionDenied:
    case Code.Unauthenticated:
    case Code.InvalidArgument:
    case Code.Unimplemented:
      return true;
    default:
      return false;
  }
}

interface Fields {
  text(field: number): string;
  parts(field: number): Fields[];
}

/** The length-delimited fields of a message of google.rpc. Reading them by hand spares the descriptors of the whole file. */
function fieldsOf(bytes: Uint8Array): Fields {
  const found: [number, Uint8Array][] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (type === WireType.LengthDelimited) found.push([field, reader.bytes()]);
    else reader.skip(type);
  }
  return {
    text: (field) => new TextDecoder().decode(found.find(([each]) => each === field)?.[1]),
    parts: (field) => found.filter(([each]) => each === field).map(([, value]) => fieldsOf(value)),
  };
}
