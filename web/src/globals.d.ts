// What the build puts in place of an import.
declare module 'contract:descriptors' {
  const bytes: Uint8Array;
  export default bytes;
}
declare module 'terminal:style' {
  const css: string;
  export default css;
}
declare module '*.css';
