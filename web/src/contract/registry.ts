import { createFileRegistry, fromBinary, type DescService } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import bytes from 'contract:descriptors';

// The contract's own descriptors stand in the bundle, so there is no generated code to keep current.
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));

export function service(name: string): DescService {
  const found = registry.getService(name);
  if (found === undefined) throw new Error(`the contract has no service ${name}`);
  return found;
}
