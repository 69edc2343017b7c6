// What the build puts in place of an import.
declare module 'contract:descriptors' {
  const bytes: Uint8Array;
  export default bytes;
}
declare module '*.css';
