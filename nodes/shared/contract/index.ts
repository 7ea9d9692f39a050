export * from './types';
export * from './rowCodec';
export * from './tables';
