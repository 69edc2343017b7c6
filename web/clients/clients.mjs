// The official clients, each behind the same four things: a name, whether a stream shows before it ends,
// unary(method, request) and stream(method, request). Failures are told as Failure by all of them.
import { createRequire } from 'node:module';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { message, method as methodOf } from './contract.mjs';
import { XMLHttpRequest } from './xhr.mjs';

globalThis.XMLHttpRequest = XMLHttpRequest;
const { GrpcWebClientBase, MethodDescriptor, StatusCode } = createRequire(import.meta.url)('grpc-web');

/** How a call failed: the gRPC code by number, and the reason out of google.rpc.ErrorInfo. */
export class Failure extends Error {
  constructor(code, text, reason) {
    super(`${code}: ${text}`);
    this.code = code;
    this.reason = reason;
  }
}

const Status = message('google.rpc.Status');
const ErrorInfo = message('google.rpc.ErrorInfo');

/** What a call may be told: who calls, and how long it waits. */
const metadata = (options) => ({
  ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
  ...(options.timeout ? { deadline: String(Date.now() + options.timeout) } : {}),
});

function grpcWeb(base, format) {
  const client = new GrpcWebClientBase({ format });
  const descriptor = (method) =>
    new MethodDescriptor(
      `/${method.parent.typeName}/${method.name}`,
      method.methodKind,
      Object,
      Object,
      (request) => toBinary(method.input, request),
      (bytes) => fromBinary(method.output, bytes),
    );
  const failure = (error) => {
    const details = error.metadata?.['grpc-status-details-bin'];
    const status = details ? fromBinary(Status, Buffer.from(details, 'base64')) : undefined;
    const info = status?.details.find((each) => each.typeUrl.endsWith('/google.rpc.ErrorInfo'));
    return new Failure(error.code, error.message, info && fromBinary(ErrorInfo, info.value).reason);
  };
  return {
    name: `grpc-web, ${format}`,
    live: format === 'text',
    async unary(name, request, options = {}) {
      const method = methodOf(name);
      const described = descriptor(method);
      try {
        return await client.unaryCall(
          base + described.getName(),
          create(method.input, request),
          metadata(options),
          described,
        );
      } catch (error) {
        throw failure(error);
      }
    },
    stream(name, request, options = {}) {
      const method = methodOf(name);
      const described = descriptor(method);
      const messages = [];
      const call = client.serverStreaming(
        base + described.getName(),
        create(method.input, request),
        metadata(options),
        described,
      );
      const ended = new Promise((done, fail) => {
        call.on('data', (each) => messages.push(each));
        call.on('error', (error) => fail(failure(error)));
        call.on('end', done);
      });
      ended.catch(() => {});
      return { messages, ended, cancel: () => call.cancel() };
    },
  };
}

function connectWeb(base) {
  const transport = createGrpcWebTransport({ baseUrl: base });
  const options = ({ token, timeout }) => ({
    headers: token ? { authorization: `Bearer ${token}` } : {},
    ...(timeout ? { timeoutMs: timeout } : {}),
  });
  const failure = (error) => {
    const told = ConnectError.from(error);
    return new Failure(told.code, told.rawMessage, told.findDetails(ErrorInfo)[0]?.reason);
  };
  return {
    name: 'connect-web',
    live: true,
    async unary(name, request, how = {}) {
      const method = methodOf(name);
      try {
        return await createClient(method.parent, transport)[method.localName](request, options(how));
      } catch (error) {
        throw failure(error);
      }
    },
    stream(name, request, how = {}) {
      const method = methodOf(name);
      const abort = new AbortController();
      const messages = [];
      const read = async () => {
        const client = createClient(method.parent, transport);
        try {
          for await (const each of client[method.localName](request, { ...options(how), signal: abort.signal })) {
            messages.push(each);
          }
        } catch (error) {
          throw failure(error);
        }
      };
      const ended = read();
      ended.catch(() => {});
      return { messages, ended, cancel: () => abort.abort() };
    },
  };
}

/** Every client against the door at this address. */
export function clients(base) {
  return [grpcWeb(base, 'binary'), grpcWeb(base, 'text'), connectWeb(base)];
}

export { StatusCode };
