// The contract as its descriptors tell it: no generated code.
import { readFileSync } from 'node:fs';
import { create, createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

const path = new URL('../../proto/target/classes/clawlive/contract.binpb', import.meta.url);
const files = fromBinary(FileDescriptorSetSchema, readFileSync(path));

// google.rpc.Status and ErrorInfo travel in an Any and so are not among the contract's own imports.
const TEXT = 9;
const NUMBER = 5;
const MESSAGE = 11;
const field = (name, number, type, repeated = false, typeName = '') => ({
  name,
  number,
  type,
  typeName,
  label: repeated ? 3 : 1,
});
files.file.push(
  create(FileDescriptorProtoSchema, {
    name: 'google/protobuf/any.proto',
    package: 'google.protobuf',
    syntax: 'proto3',
    messageType: [{ name: 'Any', field: [field('type_url', 1, TEXT), field('value', 2, 12)] }],
  }),
  create(FileDescriptorProtoSchema, {
    name: 'google/rpc/errors.proto',
    package: 'google.rpc',
    syntax: 'proto3',
    dependency: ['google/protobuf/any.proto'],
    messageType: [
      {
        name: 'Status',
        field: [
          field('code', 1, NUMBER),
          field('message', 2, TEXT),
          field('details', 3, MESSAGE, true, '.google.protobuf.Any'),
        ],
      },
      { name: 'ErrorInfo', field: [field('reason', 1, TEXT), field('domain', 2, TEXT)] },
    ],
  }),
);

const registry = createFileRegistry(files);

/** A message type by its full name. */
export function message(name) {
  return registry.getMessage(name) ?? missing(name);
}

/** A service by its full name. */
export function service(name) {
  return registry.getService(name) ?? missing(name);
}

/** A method by "package.Service/Method". */
export function method(name) {
  const [of, called] = name.split('/');
  return service(of).methods.find((each) => each.name === called) ?? missing(name);
}

function missing(name) {
  throw new Error(`the contract has no ${name}`);
}
