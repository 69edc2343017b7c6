import { Code, ConnectError } from '@connectrpc/connect';
import { BinaryReader } from '@bufbuild/protobuf/wire';

/** A refused or broken call, in the words of the server. */
export interface Failure {
  code: Code;
  /** Reason of the contract's table, such as SESSION_NOT_FOUND; empty when the server gave none. */
  reason: string;
  message: string;
}

export function failureOf(cause: unknown): Failure {
  const error = ConnectError.from(cause);
  let reason = '';
  for (const detail of error.details) {
    if ('type' in detail && detail.type === 'google.rpc.ErrorInfo') reason = reasonIn(detail.value);
  }
  return { code: error.code, reason, message: error.rawMessage };
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

/** Field 1 of google.rpc.ErrorInfo. Reading it by hand spares the descriptor of the whole file. */
function reasonIn(bytes: Uint8Array): string {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1) return reader.string();
    reader.skip(type);
  }
  return '';
}
