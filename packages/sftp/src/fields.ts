/** A number of 32 bits without sign; higher bits and fractions are cut off. */
export function u32(value: number): Buffer {
  const field = Buffer.allocUnsafe(4);
  field.writeUInt32BE(value >>> 0, 0);
  return field;
}

/** A number of 64 bits without sign; fractions are cut off, negative numbers become 0. */
export function u64(value: number): Buffer {
  const field = Buffer.allocUnsafe(8);
  field.writeBigUInt64BE(BigInt(Math.max(0, Math.trunc(value))), 0);
  return field;
}

/** A string: its length in bytes, then the bytes; text goes as UTF-8 unless told. */
export function string(value: string | Uint8Array, encoding: 'utf8' | 'latin1' = 'utf8'): Buffer {
  const length = typeof value === 'string' ? Buffer.byteLength(value, encoding) : value.length;
  const field = Buffer.allocUnsafe(4 + length);
  field.writeUInt32BE(length, 0);
  if (typeof value === 'string') field.write(value, 4, encoding);
  else field.set(value, 4);
  return field;
}
